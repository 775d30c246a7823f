"""Merges small files of a table into one: otherwise a table would have as many files as there were runs."""

from __future__ import annotations

from pyspark.sql import SparkSession, Window
from pyspark.sql import functions as f

from contract import Table
from spark.commit import Run
from stored import StoredFile


def stage_merged(session: SparkSession, run: Run, lake: str, table: Table, files: list[StoredFile]) -> None:
    """
    Writes the files' rows to the run's staging folder. In a table of storage `newest`, only the newest run's
    row of each key is kept.
    """
    rows = session.read.schema(table.columns).parquet(*(f"{lake}/{file.path}" for file in files))
    if table.storage == "newest":
        newest = Window.partitionBy(*table.key).orderBy(f.col("run").desc())
        rows = rows.withColumn("nth", f.row_number().over(newest)).where("nth = 1").drop("nth")
    day = files[0].day
    folder = f"{run.rows}/{table.folder}" + (f"/{table.staged_by}={day}" if day else "")
    rows.coalesce(1).write.mode("append").parquet(folder)
