"""
Deletes snapshots of gold that nobody will read. While serve is down they would otherwise accumulate until
HDFS refuses another.
"""

from __future__ import annotations

from contract import Contract
from spark.hdfs import Hdfs
from spark.journal import Journal
from spark.snapshots import Snapshots

# Serve may be publishing one of the newest at this moment.
_kept = 100

# HDFS has a limit of 65,536 snapshots; listing them costs a call, so not every run does it.
_every_runs = 50


class SnapshotRetirement:
    """
    Serve goes from the snapshot that it has published straight to the newest one, and itself deletes those
    before the published one. This class deletes those in between.
    """

    def __init__(self, hdfs: Hdfs, lake: str, contract: Contract, snapshots: Snapshots) -> None:
        self._snapshots, self._contract = snapshots, contract
        self._serve = Journal(hdfs, contract.step("serve", lake))

    def after(self, run: int) -> list[str]:
        """Deletes the snapshots between the published one and the newest `_kept`. Returns their names."""
        if run % _every_runs != 0:
            return []
        newest = self._serve.newest()
        published = -1 if newest is None else self._serve.read(newest)["goldRun"]
        gone = [
            name
            for name in self._snapshots.names()
            if published < self._contract.snapshot_run(name) <= run - _kept
        ]
        for name in gone:
            self._snapshots.delete(name)
        return gone
