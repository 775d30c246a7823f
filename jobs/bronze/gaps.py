"""Offsets of a batch that hold no record: transactions leave such behind, and so does what was deleted before it was read."""

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
    `skipped`: markers of transactions, what a transaction that was given up has sent, and records that a later one of their
    key replaced. `lost`: what Kafka had deleted before bronze came to it.
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


# The same for all offsets of a batch between two gaps. SQL.
_stretch = "kafka_offset - row_number() over (partition by {by} order by kafka_offset) as stretch"


def stretch(*by: str) -> str:
    """`by`: columns that tell one batch's partitions apart."""
    return _stretch.format(by=", ".join(by))


def between(stretches: Iterable[tuple[int, int]], first: int, until: int) -> list[tuple[int, int]]:
    """What lies from `first` to `until` between stretches, each (first, last) of its offsets, ascending."""
    found = []
    for start, last in stretches:
        if start > first:
            found.append((first, start))
        first = last + 1
    return [*found, (first, until)] if until > first else found


def find_gaps(classified: DataFrame, read: Ranges, rows: Offsets) -> Gaps:
    """`rows`: their number by partition. Where there is one for each offset nothing is looked at."""
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
    """`earliest`: the first offset that Kafka still has of each partition; what is before it is lost."""
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
