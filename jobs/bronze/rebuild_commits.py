"""Makes the commit records of a lake anew from its files: the batch is in their names, the rest is in them."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator

from pyspark.sql import DataFrame, Row, SparkSession
from pyspark.sql.functions import expr

from contract import Contract, Paths
from gaps import Missing
from record import build_record
from spark.claim import Claim
from spark.hdfs import Hdfs
from spark.journal import Journal
from summary import Summary, TopicSummary


def _rows(session: SparkSession, paths: Paths, contract: Contract, layer: str, topic: str) -> DataFrame:
    columns = contract.bronze_columns[topic] if layer == "bronze" else contract.quarantine_columns
    schema = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    day = "cast(cast(event_time as date) as string)" if layer == "bronze" else "cast(null as string)"
    return (
        session.read.schema(schema)
        .option("recursiveFileLookup", "true")
        .option("pathGlobFilter", "batch-*.parquet")
        .parquet(f"{paths.lake}/{layer}/{topic}")
        .selectExpr(
            f"'{topic}' as topic",
            f"'{layer}' as layer",
            "cast(regexp_extract(_metadata.file_name, 'batch-([0-9]+)-', 1) as bigint) as batch",
            f"concat('{layer}/{topic}/', substring_index(_metadata.file_path, '/', -3)) as file",
            "kafka_partition",
            "kafka_offset",
            f"{day} as event_day",
            "greatest(floor(unix_micros(kafka_timestamp) / 1000000), 0) as second",
            "ingested_at",
        )
    )


def _parts(session: SparkSession, hdfs: Hdfs, paths: Paths, contract: Contract) -> Iterator[Row]:
    """What is counted of each batch, the batches in order; one batch at a time comes to the driver."""
    layers = [
        _rows(session, paths, contract, layer, topic)
        for layer in ("bronze", "quarantine")
        for topic in contract.topics
        if hdfs.has_file_below(f"{paths.lake}/{layer}/{topic}", "batch-")
    ]
    if not layers:
        return iter(())
    together = layers[0]
    for rows in layers[1:]:
        together = together.unionAll(rows)
    return (
        together.groupBy("batch", "topic", "layer", "file", "kafka_partition", "event_day", "second")
        .agg(
            expr("count(*) as rows"),
            expr("min(kafka_offset) as first"),
            expr("max(kafka_offset) as last"),
            expr("date_format(min(ingested_at), \"yyyy-MM-dd'T'HH:mm:ss.SSS'Z'\") as at"),
        )
        .orderBy("batch")
        .toLocalIterator()
    )


def _record(batch_id: int, parts: list[Row]) -> dict:
    summary, files = Summary(), set()
    ends: dict[str, dict[int, tuple[int, int]]] = {}
    for part in parts:
        topic = summary.topics.setdefault(part["topic"], TopicSummary())
        if part["layer"] == "bronze":
            topic.bronze_rows += part["rows"]
            topic.event_days[part["event_day"]] += part["rows"]
        else:
            topic.quarantine_rows += part["rows"]
        topic.arrivals[part["second"]] += part["rows"]
        files.add(part["file"])
        partitions = ends.setdefault(part["topic"], {})
        first, until = partitions.get(part["kafka_partition"], (part["first"], part["last"] + 1))
        partitions[part["kafka_partition"]] = (min(first, part["first"]), max(until, part["last"] + 1))
    started_at = min((part["at"] for part in parts), default="1970-01-01T00:00:00.000Z")
    return build_record(batch_id, started_at, ends, Missing({}, {}), summary, sorted(files))


def rebuild_commits(
    session: SparkSession, hdfs: Hdfs, paths: Paths, contract: Contract, journal: Journal, claim: Claim
) -> int:
    """Writes the records that are missing; those that are there stay. Returns how many it wrote."""
    there = journal.numbers()
    written = 0

    def write(batch_id: int, parts: list[Row]) -> None:
        nonlocal written
        if batch_id in there:
            return
        journal.append(batch_id, _record(batch_id, parts), claim.staging)
        written += 1
        if written % 100 == 0:
            print(
                f"bronze: {written} commit records written, now at batch {batch_id}",
                file=sys.stderr,
                flush=True,
            )

    following = 0
    parts_in_order = _parts(session, hdfs, paths, contract)
    for batch_id, parts in itertools.groupby(parts_in_order, key=lambda part: part["batch"]):
        # A batch without a row has left no file, but its number must not be missing.
        for empty in range(following, batch_id):
            write(empty, [])
        write(batch_id, list(parts))
        following = batch_id + 1
    return written
