"""
Rebuilds Spark's checkpoint from the commit records: the newest batch, and where each partition continues. The
files have the format of Spark 4.2; checkpoint.py compares them with the records at every start.
"""

from __future__ import annotations

import json
import time
import uuid

from contract import Paths
from offsets import Offsets, logged_batches
from spark.hdfs import Hdfs
from spark.journal import Journal
from spark.step import Unusable

_version = "v1"


def ends_after(journal: Journal, newest: int | None) -> Offsets:
    """
    The offset at which each partition continues after batch `newest`, or before the first batch where that is
    None. A partition that is not in the result is read from its beginning, and so is a topic that was created
    again. Raises Unusable when a record is missing.
    """
    found: Offsets = {}
    for number, record in zip(range(0 if newest is None else newest + 1), journal.each_after(-1)):
        if record["batchId"] != number:
            raise Unusable(
                f"the commit record of batch {number} is missing, {journal.path(number)}: run rebuild-commits first."
            )
        for topic in record.get("readAnew", ()):
            found.pop(topic, None)
        for topic, done in record["topics"].items():
            for partition, offset in done["offsets"].items():
                found.setdefault(topic, {})[int(partition)] = offset["until"]
    return found


def rebuild_checkpoint(hdfs: Hdfs, paths: Paths, journal: Journal) -> int:
    """
    Writes a checkpoint and returns the newest committed batch. Raises Unusable when there is a checkpoint
    already, or no record.
    """
    newest = journal.newest()
    if newest is None:
        raise Unusable(
            f"{paths.step.commits} has no commit records to make a checkpoint from: run rebuild-commits first."
        )
    if logged_batches(hdfs, paths.checkpoint):
        raise Unusable(f"checkpoint {paths.checkpoint} is there: remove it first if it is not this lake's.")
    hdfs.remove(paths.checkpoint)
    hdfs.create(f"{paths.checkpoint}/metadata", json.dumps({"id": str(uuid.uuid4())}))
    newest_ends = ends_after(journal, newest)
    hdfs.create(f"{paths.checkpoint}/sources/0/0", f"{_version}\n{json.dumps(newest_ends)}")
    # Spark reads the newest batch's offsets, and those of the one before it.
    if newest > 0:
        _write_batch(hdfs, paths.checkpoint, newest - 1, ends_after(journal, newest - 1))
    _write_batch(hdfs, paths.checkpoint, newest, newest_ends)
    return newest


def _write_batch(hdfs: Hdfs, checkpoint: str, number: int, ends: Offsets) -> None:
    batch = {"batchWatermarkMs": 0, "batchTimestampMs": int(time.time() * 1000), "conf": {}}
    hdfs.create(f"{checkpoint}/commits/{number}", f'{_version}\n{{"nextBatchWatermarkMs":0}}')
    # Written after the commit: Spark would repeat a batch that has offsets and no commit.
    hdfs.create(f"{checkpoint}/offsets/{number}", f"{_version}\n{json.dumps(batch)}\n{json.dumps(ends)}")
