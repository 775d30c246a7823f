"""Spark's in-memory catalog. A layer's tables are attached to the folder in which a run stages them."""

from __future__ import annotations

from pyspark.sql import SparkSession

from contract import Table


def attach_staging(session: SparkSession, tables: list[Table], rows: str) -> None:
    """`rows` is the run's staging folder, an absolute URI. It need not exist yet."""
    for layer in sorted({table.layer for table in tables}):
        session.sql(f"create database if not exists {layer} location '{rows}/{layer}'")
    for table in tables:
        copied = table.staged_by is not None and table.staged_by != table.cut_by
        columns = f"{table.columns}, {table.staged_by} date" if copied else table.columns
        partitioning = f"partitioned by ({table.staged_by})" if table.staged_by else ""
        session.sql(f"drop table if exists {table.relation}")
        session.sql(
            f"create table {table.relation} ({columns}) using parquet {partitioning} "
            f"location '{rows}/{table.folder}'"
        )


def scratch_name(layer: str, claim: int) -> str:
    """`claim` counts the claims of one process from 0."""
    return f"{layer}_scratch_{claim}"


def attach_scratch(session: SparkSession, layer: str, folder: str) -> str:
    """
    Creates a database for tables that only the layer's own runs read, and returns its name. They are stored
    below `folder`, an absolute URI. The database is never dropped: Spark would then delete its folder, and
    can't do so once the claim's staging folder is fenced. So each claim of this process gets its own.
    """
    name = scratch_name(layer, len(session.catalog.listDatabases(f"{layer}_scratch_*")))
    session.sql(f"create database {name} location '{folder}'")
    return name


def attach_stored(session: SparkSession, table: Table, lake: str, path: str) -> None:
    """Attaches the table to one file of the lake. `path` is under the lake's root."""
    session.sql(f"drop table if exists {table.relation}")
    session.sql(f"create table {table.relation} ({table.columns}) using parquet location '{lake}/{path}'")
