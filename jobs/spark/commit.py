"""
Puts one run in place. The run's folder holds its files, a manifest of what is to be done with them, and its
record. The folder is renamed from the claim's staging folder to `decided/`: from that moment the run is
decided, and the next start finishes it if this process does not. docs/decisions/commit-protocol.md says why
this holds after a kill at any moment.
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

# What a step does after its files are in place and before its record is. It gets the run's number, and may be
# called twice for one run.
BeforeRecord = Callable[[int], None]


def _nothing(_: int) -> None:
    return None


class Run:
    """A run that is not decided yet: the folder that its files are written to."""

    def __init__(self, hdfs: Hdfs, step: Step, claim: Claim, name: str) -> None:
        """`name` is the folder's name. A process works on one run at a time, and may use one name for all."""
        self._hdfs, self._step = hdfs, step
        self.folder = f"{claim.staging}/{name}"

    @property
    def rows(self) -> str:
        """The folder for the run's rows, which may have any folders below it."""
        return f"{self.folder}/rows"

    @property
    def scratch(self) -> str:
        """The folder for what only the run reads. It is removed with the run; none of it reaches the lake."""
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
        Decides the run: once this returns, the run will be in the lake. `adds` maps each staged file, by its
        path below `rows`, to its target; `moves` maps files of the lake to the targets to which they are
        moved; `removes` are files to remove. All other paths are under the lake's root.

        Raises HdfsError when this process is fenced, or the number is decided already.
        """
        manifest = {"adds": adds, "moves": moves or {}, "removes": removes}
        self._hdfs.create(f"{self.folder}/{_manifest}", json.dumps(manifest, separators=(",", ":")))
        self._hdfs.create(f"{self.folder}/{_record}", json.dumps(record, separators=(",", ":")))
        self._hdfs.make_folder(self._step.decided)
        decided = f"{self._step.decided}/{numbered(number)}"
        # HDFS would move the folder into an existing folder of that name; only for a file it refuses.
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
        """Puts a decided run in place. Any part may be done already, by a killed or a running process."""
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
        """`targets` maps absolute sources to paths under the lake's root."""
        for folder in sorted({target.rsplit("/", 1)[0] for target in targets.values()}):
            self._hdfs.make_folder(f"{self._step.lake}/{folder}")
        for source, target in targets.items():
            self.move(source, f"{self._step.lake}/{target}")

    def write_record(self, decided: str, number: int) -> None:
        """Commits the run: readers go by its record."""
        self._hdfs.make_folder(self._step.commits)
        self.move(f"{decided}/{_record}", self._journal.path(number))

    def move(self, source: str, target: str) -> None:
        try:
            self._hdfs.rename(source, target)
        except HdfsError:
            if self._hdfs.exists(source) or not self._hdfs.exists(target):
                raise

    def recover(self) -> list[int]:
        """Finishes the runs that were decided but not finished, and returns them. Requires a claim."""
        found = [int(name) for name in self._hdfs.names(self._step.decided) if name.isdigit()]
        for number in found:
            if self._journal.has(number):
                self._hdfs.remove(f"{self._step.decided}/{numbered(number)}")
            else:
                self.finish(number)
        return found
