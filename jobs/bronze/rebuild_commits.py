"""Rebuilds a lake's commit records from its files: a file's name gives the batch, its rows give the rest."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterable, Iterator

from pyspark.sql import DataFrame, Row, SparkSession
from pyspark.sql.functions import expr

from contract import Contract, Paths
from gaps import Gaps, Missing, between, stretch
from offsets import Offsets, Ranges, end_offsets, logged_batches, ranges
from record import build_record, build_switch
from spark.claim import Claim
from spark.hdfs import Hdfs
from spark.journal import Journal
from spark.step import Unusable
from summary import Summary, TopicSummary
from topic_ids import TopicIds, TopicsChanged

# topic -> partition -> (first, last) of offsets without a gap, ascending
Stretches = dict[str, dict[int, list[tuple[int, int]]]]


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
    """The counts of each batch, in the order of batches. They come to the driver one batch at a time."""
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
        together.selectExpr("*", stretch("batch", "topic", "kafka_partition"))
        .groupBy("batch", "topic", "layer", "file", "kafka_partition", "event_day", "second", "stretch")
        .agg(
            expr("count(*) as rows"),
            expr("min(kafka_offset) as first"),
            expr("max(kafka_offset) as last"),
            expr("date_format(min(ingested_at), \"yyyy-MM-dd'T'HH:mm:ss.SSS'Z'\") as at"),
        )
        .orderBy("batch")
        .toLocalIterator()
    )


class _Offsets:
    """Which offsets each batch covers. Batches must be asked for in ascending order."""

    def __init__(self, hdfs: Hdfs, checkpoint: str) -> None:
        self._hdfs, self._checkpoint = hdfs, checkpoint
        self._logged = set(logged_batches(hdfs, checkpoint))
        self._until: Offsets = {}

    def read_anew(self, topics: Iterable[str]) -> None:
        """The following batches read these topics from their beginning."""
        for topic in topics:
            self._until.pop(topic, None)

    def of(self, batch_id: int, stretches: Stretches) -> tuple[Ranges, Gaps]:
        """
        The batch's offsets and gaps, from the checkpoint where it still knows the batch. Otherwise a batch
        begins where the one before it ended and ends at its last row, so that a gap belongs to the batch of
        the row after it.
        """
        if batch_id in self._logged:
            ends = end_offsets(self._hdfs, self._checkpoint, batch_id)
        else:
            ends = {
                topic: {partition: parts[-1][1] + 1 for partition, parts in partitions.items()}
                for topic, partitions in stretches.items()
            }
        found = {
            topic: {partition: parts[0][0] for partition, parts in partitions.items()}
            for topic, partitions in stretches.items()
        }
        read = ranges(self._until, ends, found)
        gaps: Gaps = {}
        for topic, partitions in read.items():
            for partition, (first, until) in partitions.items():
                self._until.setdefault(topic, {})[partition] = until
                missing = between(stretches.get(topic, {}).get(partition, []), first, until)
                if missing:
                    gaps.setdefault(topic, {})[partition] = missing
        return read, gaps


def _stretches(parts: list[Row]) -> Stretches:
    ends: dict[tuple[str, int, int], tuple[int, int]] = {}
    for part in parts:
        place = part["topic"], part["kafka_partition"], part["stretch"]
        first, last = ends.get(place, (part["first"], part["last"]))
        ends[place] = (min(first, part["first"]), max(last, part["last"]))
    found: Stretches = {}
    for (topic, partition, _), offsets in sorted(ends.items()):
        found.setdefault(topic, {}).setdefault(partition, []).append(offsets)
    return found


def _record(batch_id: int, parts: list[Row], offsets: _Offsets) -> dict:
    summary, files = Summary(), set()
    for part in parts:
        topic = summary.topics.setdefault(part["topic"], TopicSummary())
        if part["layer"] == "bronze":
            topic.bronze_rows += part["rows"]
            topic.event_days[part["event_day"]] += part["rows"]
        else:
            topic.quarantine_rows += part["rows"]
        topic.arrivals[part["second"]] += part["rows"]
        files.add(part["file"])
    started_at = min((part["at"] for part in parts), default="1970-01-01T00:00:00.000Z")
    read, gaps = offsets.of(batch_id, _stretches(parts))
    # Lost records can no longer be told from offsets that never held one.
    return build_record(batch_id, started_at, read, Missing(gaps, {}), summary, sorted(files))


def _rebuilt(batch_id: int, parts: list[Row], offsets: _Offsets, paths: Paths) -> dict:
    try:
        return _record(batch_id, parts, offsets)
    except TopicsChanged as changed:
        raise Unusable(
            f"batch {batch_id} has smaller offsets of {', '.join(changed.topics)} than a batch before it: the topic was made anew "
            f"in between, and since when is not in {paths.topic_ids}. Bring this file back first."
        ) from None


def rebuild_commits(
    session: SparkSession, hdfs: Hdfs, paths: Paths, contract: Contract, journal: Journal, claim: Claim
) -> int:
    """
    Writes the records that are missing and keeps those that exist. Returns how many it wrote.
    Raises Unusable when offsets of a topic go back and nothing says since which batch it was created again.
    """
    there = journal.numbers()
    offsets = _Offsets(hdfs, paths.checkpoint)
    switches = {one.batch_id: one for one in TopicIds(hdfs, paths.topic_ids).switches}
    committed = [
        number for number in logged_batches(hdfs, paths.checkpoint) if _is_committed(hdfs, paths, number)
    ]
    written = 0

    def write(batch_id: int, parts: list[Row]) -> None:
        nonlocal written
        if batch_id in switches:
            record = build_switch(switches[batch_id])
            offsets.read_anew(record["readAnew"])
        else:
            record = _rebuilt(batch_id, parts, offsets, paths)
        if batch_id in there:
            return
        journal.append(batch_id, record, claim.staging)
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
        # A batch without rows has no file, but its number must not be missing.
        for empty in range(following, batch_id):
            write(empty, [])
        write(batch_id, list(parts))
        following = batch_id + 1
    for empty in range(following, max([*committed, *switches], default=-1) + 1):
        write(empty, [])
    return written


def _is_committed(hdfs: Hdfs, paths: Paths, batch_id: int) -> bool:
    return hdfs.exists(f"{paths.checkpoint}/commits/{batch_id}")
