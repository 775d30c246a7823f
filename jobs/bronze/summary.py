"""What is in one batch, counted in one aggregation."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from pyspark.sql import DataFrame, functions

from rules import instant

_epoch = datetime(1970, 1, 1, tzinfo=timezone.utc)


def hour_of(second: int) -> tuple[str, str] | None:
    """Values of the partition columns (date, hour) for a second of arrival; None beyond Python's calendar."""
    try:
        time = _epoch + timedelta(seconds=second)
    except OverflowError:
        return None
    return time.strftime("%Y-%m-%d").zfill(10), time.strftime("%H")


@dataclass
class TopicSummary:
    """
    `event_days`: bronze rows by day of the event. `arrivals`: rows of bronze and quarantine by second of
    arrival in Kafka.
    """

    bronze_rows: int = 0
    quarantine_rows: int = 0
    event_days: Counter[str] = field(default_factory=Counter)
    arrivals: Counter[int] = field(default_factory=Counter)
    first_offsets: dict[int, int] = field(default_factory=dict)
    partition_rows: Counter[int] = field(default_factory=Counter)
    hours: dict[str, set[tuple[str, str] | None]] = field(
        default_factory=lambda: {"bronze": set(), "quarantine": set()}
    )


@dataclass
class Summary:
    topics: dict[str, TopicSummary] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return sum(topic.bronze_rows + topic.quarantine_rows for topic in self.topics.values())

    @property
    def first_offsets(self) -> dict[str, dict[int, int]]:
        """Smallest offset of each partition that has rows, by topic."""
        return {name: topic.first_offsets for name, topic in self.topics.items()}

    @property
    def partition_rows(self) -> dict[str, dict[int, int]]:
        """Rows of bronze and quarantine by topic and partition."""
        return {name: dict(topic.partition_rows) for name, topic in self.topics.items()}

    @property
    def quarantine_rows(self) -> int:
        return sum(topic.quarantine_rows for topic in self.topics.values())


def summarise(classified: DataFrame) -> Summary:
    """Runs a job over the classified rows; what comes back has at most a row for each second, day and partition."""
    counted = (
        classified.selectExpr(
            "topic",
            "kafka_partition",
            "kafka_offset",
            "good",
            f"if(good, cast(cast({instant('fields.event_time')} as date) as string), null) as event_day",
            "floor(unix_micros(kafka_timestamp) / 1000000) as second",
        )
        .groupBy("topic", "kafka_partition", "good", "event_day", "second")
        .agg(functions.count("*").alias("rows"), functions.min("kafka_offset").alias("first_offset"))
    )
    summary = Summary()
    for row in counted.collect():
        topic = summary.topics.setdefault(row["topic"], TopicSummary())
        rows, partition = row["rows"], row["kafka_partition"]
        first = topic.first_offsets.get(partition, row["first_offset"])
        topic.first_offsets[partition] = min(first, row["first_offset"])
        topic.partition_rows[partition] += rows
        if row["good"]:
            topic.bronze_rows += rows
            topic.event_days[row["event_day"]] += rows
        else:
            topic.quarantine_rows += rows
        # A record without a timestamp (-1) has no second of arrival that a reader could use.
        topic.arrivals[max(row["second"], 0)] += rows
        topic.hours["bronze" if row["good"] else "quarantine"].add(hour_of(row["second"]))
    return summary
