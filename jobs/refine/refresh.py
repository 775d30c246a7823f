"""Removes silver and gold, so that they are built anew from bronze."""

from __future__ import annotations

from pyspark.sql import SparkSession

from contract import Contract
from spark.claim import claim
from spark.hdfs import Hdfs


def remove_silver_and_gold(session: SparkSession, lake: str, contract: Contract) -> None:
    """
    Removes tables first and records last: an interrupted refresh leaves records whose tables are gone, and is
    run again. Gold's snapshots stay until serve has published a newer one.
    """
    hdfs = Hdfs(session, lake)
    steps = [contract.step(name, lake) for name in ("gold", "silver")]
    for step in steps:
        # Stops every other process from adding to what is removed.
        claim(hdfs, step)
    for layer in ("gold", "silver"):
        for name in hdfs.names(f"{lake}{contract.paths[layer]}"):
            hdfs.remove(f"{lake}{contract.paths[layer]}/{name}")
    for step in steps:
        hdfs.remove(step.decided)
        hdfs.remove(step.commits)
