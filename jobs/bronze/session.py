"""The Spark session. The caller sets master and resources, with spark-submit or `--spark-conf`."""

from __future__ import annotations

from collections.abc import Mapping

from pyspark.sql import SparkSession

# Settings that bronze's correctness or speed depends on. `--spark-conf` may still override them.
_settings = {
    "spark.app.name": "bronze",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    # A time before 1582 is a value like any other: it must not stop the stream.
    "spark.sql.parquet.datetimeRebaseModeInWrite": "CORRECTED",
    "spark.sql.parquet.compression.codec": "zstd",
    # Each field's checks make one method too long for the JIT compiler; Spark then splits it.
    "spark.sql.codegen.hugeMethodLimit": "8000",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.adaptive.enabled": "false",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    # An open variant or a row group of values of 900 KB must fit in a small heap.
    "spark.hadoop.parquet.block.size": str(32 * 1024 * 1024),
    "spark.hadoop.parquet.block.size.row.check.min": "10",
    "spark.hadoop.parquet.page.size.row.check.min": "10",
    "spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs": "false",
    "spark.sql.streaming.metricsEnabled": "false",
}


def start_session(conf: Mapping[str, str], jars: str | None, submitted: bool) -> SparkSession:
    """`submitted`: spark-submit started this process and has set the master."""
    builder = SparkSession.builder
    if not submitted and "spark.master" not in conf:
        builder = builder.master("local[*]")
    for key, value in {**_settings, **conf}.items():
        builder = builder.config(key, value)
    if jars is not None:
        builder = builder.config("spark.jars", jars)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("WARN")
    return session
