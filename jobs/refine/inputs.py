"""What the models read from outside: bronze's rows of the days rewritten, and the catalogue."""

from __future__ import annotations

from pyspark.sql import SparkSession

from bronze_index import BronzeIndex
from contract import Contract
from lake_files import LakeFiles
from plan import Plan


def register_bronze(
    spark: SparkSession, lake: LakeFiles, contract: Contract, index: BronzeIndex, plan: Plan
) -> dict[str, int]:
    """Views over exactly the files that hold rows of the plan's days. Returns the number of files by topic."""
    counts = {}
    for topic, described in contract.topics.items():
        files = [lake.uri(path) for path in index.files(topic, plan.bronze_days[topic])]
        reader = spark.read.schema(described.columns)
        rows = reader.parquet(*files) if files else spark.createDataFrame([], described.columns)
        rows.createOrReplaceGlobalTempView(f"bronze_{topic}")
        counts[topic] = len(files)
    return counts


class MissingReference(Exception):
    """A catalogue is not published yet."""


def register_reference(spark: SparkSession, lake: LakeFiles, contract: Contract) -> str:
    """
    Views over the catalogues. Returns what changes when one of them is published again.

    Raises MissingReference when one is not there.
    """
    fingerprints = []
    for name, described in contract.reference.items():
        path = f"{described.path}/part-0.json"
        fingerprint = lake.fingerprint(path)
        if fingerprint is None:
            raise MissingReference(f"no catalogue {lake.uri(path)}: EventSim publishes it")
        fingerprints.append(f"{name} {fingerprint}")
        rows = spark.read.schema(described.columns).json(lake.uri(path))
        rows.createOrReplaceGlobalTempView(f"reference_{name}")
    return ", ".join(fingerprints)
