"""Writes a batch's rows for the lake: one job for each topic's bronze and one for quarantine, in parallel."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from pyspark import inheritable_thread_target
from pyspark.sql import DataFrame

from contract import Contract
from parse import typed_columns
from reason import with_reason
from rules import literal
from spark.commit import Run
from spark.hdfs import Hdfs
from spark.step import numbered
from summary import Summary

# One file holds up to about this many rows; more rows are written as several files, in parallel.
_rows_per_file = 250_000

_date = "substring_index(cast(kafka_timestamp as string), ' ', 1) as date"
_hour = "lpad(cast(hour(kafka_timestamp) as string), 2, '0') as hour"


def _files(rows: int) -> int:
    return 1 + rows // _rows_per_file


def _write(
    rows: DataFrame, folder: str, columns: list[str], partitions: list[str], only: dict[str, str]
) -> None:
    """
    `only` holds the leading partition columns' values that all rows share; Spark then need not sort by them.
    """
    rest = [name for name in partitions if name not in only]
    path = "/".join([folder, *(f"{name}={only[name]}" for name in partitions if name in only)])
    expressions = {"date": _date, "hour": _hour}
    chosen = rows.selectExpr(*columns, *(expressions.get(name, name) for name in rest))
    writer = chosen.write.mode("overwrite").option("parquet.enable.dictionary#kafka_value", "false")
    (writer.partitionBy(*rest) if rest else writer).parquet(path)


def _hour_of_all(summary: Summary, layer: str, topic: str) -> dict[str, str]:
    hours = summary.topics[topic].hours[layer]
    if len(hours) != 1:
        return {}
    date, hour = next(iter(hours))
    return {"date": date, "hour": hour}


def stage(classified: DataFrame, summary: Summary, contract: Contract, folder: str) -> None:
    """
    Writes `<layer>/<topic>/date=/hour=/*.parquet` under the folder.
    `classified` is read once for each topic, and so should be persisted.
    """
    writes: list[Callable[[], None]] = []
    for topic, counts in summary.topics.items():
        if counts.bronze_rows:
            rows = classified.where(f"good and topic = {literal(topic)}").coalesce(_files(counts.bronze_rows))
            raw = [name for name in contract.quarantine_columns if name != "reason"]
            columns = [*raw, *typed_columns(contract.topics[topic])]
            only = _hour_of_all(summary, "bronze", topic)
            target = f"{folder}/bronze/{topic}"
            writes.append(lambda r=rows, t=target, c=columns, o=only: _write(r, t, c, ["date", "hour"], o))
    if summary.quarantine_rows:
        rows = classified.where("not good").coalesce(_files(summary.quarantine_rows))
        rows = with_reason(rows, contract)
        columns = list(contract.quarantine_columns)
        target = f"{folder}/quarantine"
        writes.append(lambda: _write(rows, target, columns, ["topic", "date", "hour"], {}))
    if not writes:
        return
    session = classified.sparkSession
    with ThreadPoolExecutor(max_workers=len(writes)) as pool:
        # The threads inherit local properties, so that stopping the query cancels these jobs too.
        for done in [pool.submit(inheritable_thread_target(session)(write)) for write in writes]:
            done.result()


def targets(hdfs: Hdfs, run: Run, batch_id: int) -> dict[str, str]:
    """Target in the lake of each file of a staged batch, by its path below the run's rows."""
    in_folder: dict[str, int] = {}
    found = {}
    for staged in map(run.path_below_rows, hdfs.files_below(run.rows)):
        # Spark names quarantine's topic folders `topic=…`; in the lake both layers have plain ones.
        folder = staged.rsplit("/", 1)[0].replace("/topic=", "/")
        number = in_folder[folder] = in_folder.get(folder, -1) + 1
        found[staged] = f"{folder}/batch-{numbered(batch_id)}-{number}.parquet"
    return found
