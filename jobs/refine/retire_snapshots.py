"""Snapshots of gold that nobody will read: while serve is away they would grow in number until HDFS refuses one more."""

from __future__ import annotations

from contract import Contract
from spark.hdfs import Hdfs
from spark.journal import Journal
from spark.snapshots import Snapshots

# Serve may be publishing one of the newest at this moment.
_kept = 100

# HDFS has a limit of 65,536; listing them costs a call.
_every_runs = 50


class SnapshotRetirement:
    """Serve goes from the snapshot that it has published to the newest. It retires those before by itself."""

    def __init__(self, hdfs: Hdfs, lake: str, contract: Contract, snapshots: Snapshots) -> None:
        self._snapshots, self._contract = snapshots, contract
        self._serve = Journal(hdfs, contract.step("serve", lake))

    def after(self, run: int) -> list[str]:
        """Deletes those between what serve has published and the newest ones. Returns their names."""
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
