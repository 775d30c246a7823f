"""Silver's and gold's tables in Spark's catalog, which is in memory: all state is on HDFS."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pyspark.sql import SparkSession

from contract import Contract, Table
from lake_files import LakeFiles


def _folder(contract: Contract, table: Table) -> str:
    return f"{contract.paths[table.layer]}/{table.name}"


def attach_tables(spark: SparkSession, lake: LakeFiles, contract: Contract) -> None:
    """Makes the catalog say what is on HDFS; tables that are not there yet are empty."""
    for layer in ("silver", "gold"):
        spark.sql(f"create database if not exists {layer} location '{lake.uri(contract.paths[layer])}'")
    for table in contract.tables:
        folder = _folder(contract, table)
        lake.make_folder(folder)
        partitioning = f"partitioned by ({table.partitioned_by})" if table.partitioned_by else ""
        spark.sql(f"drop table if exists {table.relation}")
        spark.sql(
            f"create table {table.relation} ({table.columns}) using parquet {partitioning} "
            f"location '{lake.uri(folder)}'"
        )
        if table.partitioned_by and any("=" in name for name in lake.names(folder)):
            spark.sql(f"alter table {table.relation} recover partitions")


class Partitions:
    """Keeps the catalog's partitions and the folders on HDFS the same where a day lost all its rows."""

    def __init__(self, spark: SparkSession, lake: LakeFiles, contract: Contract) -> None:
        self._spark = spark
        self._lake = lake
        self._contract = contract

    def of(self, table: Table) -> set[str]:
        """Values of the partitions that the catalog knows."""
        state = self._spark._jsparkSession.sessionState()
        name = state.sqlParser().parseTableIdentifier(table.relation)
        names = state.catalog().listPartitionNames(name, self._spark._jvm.scala.Option.empty())
        return {text.split("=", 1)[1] for text in names.mkString("\n").split("\n") if text}

    def remove_emptied(self, table: Table, days: Iterable[date]) -> None:
        """
        A model forgets the partitions that it is about to write, and Spark adds those it has rows for. A folder of such a
        day that the catalog does not know is an earlier run's.
        """
        known = self.of(table)
        folder = _folder(self._contract, table)
        for day in days:
            if day.isoformat() not in known:
                self._lake.remove(f"{folder}/{table.partitioned_by}={day.isoformat()}")
