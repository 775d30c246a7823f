"""How many new rows came too late, or from the future: they stay in bronze and out of silver."""

from __future__ import annotations

from collections import Counter, defaultdict

from pyspark.sql import SparkSession
from pyspark.sql import functions as f

from bronze_index import Limits, TopicBatch
from lake_files import LakeFiles


def count_rejected(
    spark: SparkSession, lake: LakeFiles, limits: Limits, new: list[TopicBatch]
) -> dict[str, int]:
    """
    Rows by topic, of the batches given. The records tell most of it: files are opened only of batches with a day that
    may be too late in part.
    """
    counts: Counter[str] = Counter()
    to_read: dict[str, set[str]] = defaultdict(set)
    for batch in new:
        days = [day for day, rows in batch.rows_by_day.items() if rows > 0]
        if all(limits.all_rejected(batch, day) or limits.none_rejected(batch, day) for day in days):
            counts[batch.topic] += sum(
                batch.rows_by_day[day] for day in days if limits.all_rejected(batch, day)
            )
        else:
            to_read[batch.topic].update(lake.uri(path) for path in batch.files)
    for topic, files in to_read.items():
        counts[topic] += _count_in_files(spark, limits, sorted(files))
    return {topic: rows for topic, rows in sorted(counts.items()) if rows > 0}


def _count_in_files(spark: SparkSession, limits: Limits, files: list[str]) -> int:
    rows = spark.read.schema("event_time timestamp, kafka_timestamp timestamp").parquet(*files)
    in_time = f.col("event_time").between(
        f.col("kafka_timestamp") - f.lit(limits.late), f.col("kafka_timestamp") + f.lit(limits.future)
    )
    return rows.where(~in_time).count()
