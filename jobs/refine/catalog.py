"""Spark's catalog, which is in memory. Tables of a layer are attached to the folder that a run stages them in."""

from __future__ import annotations

from pyspark.sql import SparkSession

from contract import Table


def attach_staging(session: SparkSession, tables: list[Table], rows: str) -> None:
    """`rows` is the folder of the run, an absolute URI. It need not be there."""
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


def attach_scratch(session: SparkSession, name: str, folder: str) -> None:
    """
    Where a layer's runs keep what they alone read: a database of its own, whose tables are below `folder`, an absolute URI. It
    is never dropped: Spark would delete its folder, and can't once that of its claim is fenced.
    """
    session.sql(f"create database {name} location '{folder}'")


def attach_stored(session: SparkSession, table: Table, lake: str, path: str) -> None:
    """The table is what one file of the lake holds; `path` is under the lake's root."""
    session.sql(f"drop table if exists {table.relation}")
    session.sql(f"create table {table.relation} ({table.columns}) using parquet location '{lake}/{path}'")
