"""The only Spark session of the process: it stays warm between runs, and dbt uses it too."""

from __future__ import annotations

import os

from pyspark import SparkConf, SparkContext
from pyspark.sql import SparkSession

# What the models rely on; nothing outside may change it.
_semantics = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.catalogImplementation": "in-memory",
    # Writing to a run's staging folder replaces what an earlier attempt left there.
    "spark.sql.sources.partitionOverwriteMode": "static",
    "spark.sql.hive.manageFilesourcePartitions": "false",
    # ClickHouse does not read INT96.
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    "spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs": "false",
}

# Defaults for one machine; `--spark-conf` and spark-submit override them.
_defaults = {
    "spark.master": "local[*]",
    "spark.app.name": "refine",
    "spark.driver.memory": "1g",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "4",
    # The same models are compiled run after run: keep what was compiled.
    "spark.sql.codegen.cache.maxEntries": "2000",
    # A day of bronze is many small files: list them in the driver or in few tasks, not one task per file.
    "spark.sql.sources.parallelPartitionDiscovery.threshold": "64",
    "spark.sql.sources.parallelPartitionDiscovery.parallelism": "8",
    "spark.sql.hive.gatherFastStats": "false",
}

_one_machine = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.hadoop.dfs.replication": "1",
    "spark.hadoop.dfs.client.use.datanode.hostname": "true",
}


def start_session(given: dict[str, str]) -> SparkSession:
    """
    `given` are Spark settings from the command line.

    Raises ValueError when `given` changes what the models rely on.
    """
    submitted = "PYSPARK_GATEWAY_PORT" in os.environ
    if submitted:
        # spark-submit started this process: only its JVM knows the master and the other settings.
        SparkContext._ensure_initialized()
    conf = SparkConf()
    for key, value in given.items():
        if _semantics.get(key, value) != value:
            raise ValueError(
                f"--spark-conf {key}={value}: the models rely on {_semantics[key]}, leave it out"
            )
        conf.set(key, value)
    for key, value in _semantics.items():
        conf.set(key, value)
    for key, value in _defaults.items():
        conf.setIfMissing(key, value)
    if not submitted and conf.get("spark.master", "").startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        for key, value in _one_machine.items():
            conf.setIfMissing(key, value)
    spark = SparkSession.builder.config(conf=conf).getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    return spark
