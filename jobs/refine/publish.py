"""The end of a run: the snapshot of gold, and then the record, which is the only signal to readers."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime, timezone
from typing import Any

from contract import Contract
from dbt_build import Failure
from lake_files import LakeFiles

_record_name = re.compile(r"^\d{12}\.json$")


@dataclass(frozen=True)
class Newest:
    """What the newest record says. `bronze_through` is -1 and `run` is -1 before the first."""

    run: int
    bronze_through: int
    open_from: date | None


class OvertakenError(Exception):
    """Another process published the run that this one worked on."""


class RefineJournal:
    def __init__(self, lake: LakeFiles, contract: Contract) -> None:
        self._lake = lake
        self._contract = contract
        self._folder = contract.paths["refineCommits"]
        self._failure = f"{self._folder.rsplit('/', 1)[0]}/failure.json"
        lake.make_folder(self._folder)
        lake.allow_snapshots(contract.paths["gold"])

    def newest(self) -> Newest:
        names = [name for name in self._lake.names(self._folder) if _record_name.match(name)]
        if not names:
            return Newest(run=-1, bronze_through=-1, open_from=None)
        record = json.loads(self._lake.read(f"{self._folder}/{names[-1]}"))
        open_from = record.get("openFrom")
        return Newest(
            run=record["run"],
            bronze_through=record["bronzeThrough"],
            open_from=None if open_from is None else date.fromisoformat(open_from),
        )

    def commit(self, run: int, record: dict[str, Any]) -> None:
        """
        Takes the snapshot, then writes the record.

        Raises OvertakenError when there is a record of that run already.
        """
        name = f"{self._folder}/{str(run).zfill(12)}.json"
        if self._lake.exists(name):
            raise OvertakenError(f"run {run} was published by another refine: only one may run on a lake")
        snapshot = self._contract.snapshot_name(run)
        self._lake.create_snapshot(self._contract.paths["gold"], snapshot)
        whole = {"step": "refine", "run": run, "snapshot": snapshot, "committedAt": timestamp(), **record}
        if not self._lake.write_new(name, json.dumps(whole)):
            raise OvertakenError(f"run {run} was published by another refine: only one may run on a lake")
        self._lake.remove(self._failure)

    def fail(self, run: int, bronze_through: int, failures: list[Failure]) -> None:
        """Says why the newest run left the last good gold in service."""
        record = {
            "run": run,
            "failedAt": timestamp(),
            "bronzeThrough": bronze_through,
            "failed": [{"name": failure.name, "message": failure.message} for failure in failures],
        }
        self._lake.write(self._failure, json.dumps(record))


def timestamp() -> str:
    """Now, as the records say it: ISO 8601 in UTC with milliseconds."""
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
