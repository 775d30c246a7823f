"""
Puts one run in place. The run's folder, with its files, the list of what is to be done with them and its record, is
renamed from the claim's staging folder to `decided/`: from that moment the run is decided, and whoever starts next
finishes it. docs/decisions/commit-protocol.md says why it holds after a kill at any moment.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from spark.claim import Claim
from spark.hdfs import Hdfs, HdfsError
from spark.journal import Journal
from spark.step import Step, numbered

_manifest = "manifest.json"
_record = "record.json"

# What a step does between its files and its record, given the run's number; must bear being done twice.
BeforeRecord = Callable[[int], None]


def _nothing(_: int) -> None:
    return None


class Run:
    """A run that is not decided yet: the folder that its files are written to."""

    def __init__(self, hdfs: Hdfs, step: Step, claim: Claim, name: str) -> None:
        """`name`: of the folder; a process works on one run at a time and may use one name for all."""
        self._hdfs, self._step = hdfs, step
        self.folder = f"{claim.staging}/{name}"

    @property
    def rows(self) -> str:
        """Where the run's rows are to be written, in any folders below."""
        return f"{self.folder}/rows"

    @property
    def scratch(self) -> str:
        """For what the run alone reads: it goes when the run is done, and nothing of it comes to the lake."""
        return f"{self.folder}/scratch"

    def path_below_rows(self, path: str) -> str:
        """The part of a staged file's path that comes after `rows/`."""
        marker = f"{self.rows[len(self._step.lake) :]}/"
        return path[path.index(marker) + len(marker) :]

    def decide(
        self,
        number: int,
        adds: dict[str, str],
        removes: list[str],
        record: dict,
        moves: dict[str, str] | None = None,
    ) -> None:
        """
        `adds`: target of each staged file, by its path below `rows`; `moves`: target of each file that goes to another
        place. Targets, `moves` and `removes` are under the lake's root.
        From here on the run will be in the lake. Fails when this process is fenced, or the number is decided already.
        """
        manifest = {"adds": adds, "moves": moves or {}, "removes": removes}
        self._hdfs.create(f"{self.folder}/{_manifest}", json.dumps(manifest, separators=(",", ":")))
        self._hdfs.create(f"{self.folder}/{_record}", json.dumps(record, separators=(",", ":")))
        self._hdfs.make_folder(self._step.decided)
        decided = f"{self._step.decided}/{numbered(number)}"
        # HDFS moves a folder into one that is there, where a file would be refused.
        if self._hdfs.exists(decided):
            raise HdfsError(
                f"HDFS rename {self.folder}: {decided} is there: another process works on this lake"
            )
        self._hdfs.rename(self.folder, decided)

    def discard(self) -> None:
        """Removes what was staged."""
        self._hdfs.remove(self.folder)


class Commits:
    """Finishes decided runs of one step, in order, and appends their records to the journal."""

    def __init__(
        self, hdfs: Hdfs, step: Step, journal: Journal, before_record: BeforeRecord = _nothing
    ) -> None:
        self._hdfs, self._step, self._journal, self._before_record = hdfs, step, journal, before_record

    def finish(self, number: int) -> None:
        """Every part of it may have been done already, by a process that was killed or by one that goes on."""
        decided = f"{self._step.decided}/{numbered(number)}"
        manifest = json.loads(self._hdfs.read(f"{decided}/{_manifest}"))
        adds = {f"{decided}/rows/{staged}": target for staged, target in manifest["adds"].items()}
        moves = {f"{self._step.lake}/{path}": target for path, target in manifest["moves"].items()}
        self.move_files(adds | moves)
        for path in manifest["removes"]:
            self._hdfs.remove(f"{self._step.lake}/{path}")
        self._before_record(number)
        self.write_record(decided, number)
        self._hdfs.remove(decided)

    def move_files(self, targets: dict[str, str]) -> None:
        """`targets` are under the lake's root, by absolute source."""
        for folder in sorted({target.rsplit("/", 1)[0] for target in targets.values()}):
            self._hdfs.make_folder(f"{self._step.lake}/{folder}")
        for source, target in targets.items():
            self.move(source, f"{self._step.lake}/{target}")

    def write_record(self, decided: str, number: int) -> None:
        """From here on the run is committed: its record is what readers go by."""
        self._hdfs.make_folder(self._step.commits)
        self.move(f"{decided}/{_record}", self._journal.path(number))

    def move(self, source: str, target: str) -> None:
        try:
            self._hdfs.rename(source, target)
        except HdfsError:
            if self._hdfs.exists(source) or not self._hdfs.exists(target):
                raise

    def recover(self) -> list[int]:
        """Finishes what was decided and not finished; only after a claim. Returns the runs."""
        found = [int(name) for name in self._hdfs.names(self._step.decided) if name.isdigit()]
        for number in found:
            if self._journal.has(number):
                self._hdfs.remove(f"{self._step.decided}/{numbered(number)}")
            else:
                self.finish(number)
        return found
