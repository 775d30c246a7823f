"""
Finds offsets of a batch that hold no record. Transactions leave such gaps, and so do records that Kafka
deleted before they were read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyspark.sql import DataFrame
from pyspark.sql.functions import expr

from offsets import Offsets, Ranges
from rules import literal

# topic -> partition -> (from, until), ascending
Gaps = dict[str, dict[int, list[tuple[int, int]]]]


@dataclass(frozen=True)
class Missing:
    """
    `skipped`: transaction markers, records of aborted transactions, and records that a later one of their key
    replaced. `lost`: records that Kafka had deleted before bronze read them.
    """

    skipped: Gaps
    lost: Gaps


def _short(read: Ranges, rows: Offsets) -> dict[tuple[str, int], tuple[int, int]]:
    """Partitions with fewer rows than offsets."""
    return {
        (topic, partition): (first, until)
        for topic, partitions in read.items()
        for partition, (first, until) in partitions.items()
        if rows.get(topic, {}).get(partition, 0) < until - first
    }


# SQL of a number that is the same for all offsets of a batch between two gaps.
_stretch = "kafka_offset - row_number() over (partition by {by} order by kafka_offset) as stretch"


def stretch(*by: str) -> str:
    """SQL of the column `stretch`. `by` are the columns that identify a batch's partitions."""
    return _stretch.format(by=", ".join(by))


def between(stretches: Iterable[tuple[int, int]], first: int, until: int) -> list[tuple[int, int]]:
    """The gaps in (first, until) between stretches, which are (first, last) offsets, ascending."""
    found = []
    for start, last in stretches:
        if start > first:
            found.append((first, start))
        first = last + 1
    return [*found, (first, until)] if until > first else found


def find_gaps(classified: DataFrame, read: Ranges, rows: Offsets) -> Gaps:
    """`rows` is the number of rows by partition. Nothing is read when there is a row for each offset."""
    short = _short(read, rows)
    if not short:
        return {}
    chosen = " or ".join(
        f"(topic = {literal(topic)} and kafka_partition = {partition})" for topic, partition in short
    )
    stretches = (
        classified.where(chosen)
        .selectExpr(
            "topic",
            "kafka_partition",
            "kafka_offset",
            stretch("topic", "kafka_partition"),
        )
        .groupBy("topic", "kafka_partition", "stretch")
        .agg(expr("min(kafka_offset) as first"), expr("max(kafka_offset) as last"))
        .orderBy("first")
        .collect()
    )
    there = defaultdict(list)
    for row in stretches:
        there[row["topic"], row["kafka_partition"]].append((row["first"], row["last"]))
    gaps: Gaps = {}
    for (topic, partition), (first, until) in short.items():
        gaps.setdefault(topic, {})[partition] = between(there[topic, partition], first, until)
    return gaps


def missing(gaps: Gaps, earliest: Mapping[tuple[str, int], int]) -> Missing:
    """
    `earliest` is the first offset that Kafka still has of each partition: gaps before it are lost records.
    """
    skipped: Gaps = {}
    lost: Gaps = {}
    for topic, partitions in gaps.items():
        for partition, found in partitions.items():
            edge = earliest[topic, partition]
            for into, parts in (
                (lost, [(first, min(until, edge)) for first, until in found if first < edge]),
                (skipped, [(max(first, edge), until) for first, until in found if until > edge]),
            ):
                if parts:
                    into.setdefault(topic, {})[partition] = parts
    return Missing(skipped, lost)
