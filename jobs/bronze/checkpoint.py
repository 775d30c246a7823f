"""Checks that Spark's checkpoint and the lake's commit records agree, before either is used."""

from __future__ import annotations

from contract import Paths
from offsets import Offsets, end_offsets, logged_batches
from spark.hdfs import Hdfs
from spark.journal import Journal
from spark.step import Unusable


def _differences(record: dict, ends: Offsets) -> list[str]:
    return [
        f"{topic}/{partition} ends at {offset['until']} in the record and at {ends.get(topic, {}).get(int(partition))}"
        for topic, done in record["topics"].items()
        for partition, offset in done["offsets"].items()
        if ends.get(topic, {}).get(int(partition)) != offset["until"]
    ]


def require_same_offsets(record: dict, ends: Offsets, checkpoint: str) -> None:
    """Raises Unusable when a committed batch and the checkpoint's batch of that number read different records."""
    differences = _differences(record, ends)
    if differences:
        raise Unusable(
            f"checkpoint {checkpoint} does not belong to this lake: batch {record['batchId']}: {differences[0]} in the "
            "checkpoint. Bring back the lake's own checkpoint, or remove this one and run rebuild-checkpoint."
        )


def require_matching_checkpoint(hdfs: Hdfs, paths: Paths, journal: Journal) -> None:
    """Raises Unusable when the next batch would skip records, or read some a second time."""
    committed = journal.newest()
    logged = logged_batches(hdfs, paths.checkpoint)
    newest_logged = logged[-1] if logged else None
    if committed is None:
        if hdfs.has_file_below(paths.bronze, "batch-") or (newest_logged or 0) > 0:
            raise Unusable(
                f"{paths.lake} holds batches but no commit records in {paths.step.commits}: run rebuild-commits first."
            )
        return
    if newest_logged is None or newest_logged < committed:
        found = "is gone" if newest_logged is None else f"ends at batch {newest_logged}"
        raise Unusable(
            f"checkpoint {paths.checkpoint} {found}, but batch {committed} is committed: bring the checkpoint back, or "
            "remove what is left of it and run rebuild-checkpoint."
        )
    if newest_logged > committed + 1:
        raise Unusable(
            f"commit records of batches {committed + 1} to {newest_logged - 1} are missing in {paths.step.commits}: run "
            "rebuild-commits first."
        )
    if committed in logged:
        ends = end_offsets(hdfs, paths.checkpoint, committed)
        require_same_offsets(journal.read(committed), ends, paths.checkpoint)
