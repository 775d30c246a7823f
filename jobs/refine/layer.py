"""One layer of the lake, silver or gold, in this process: its claim, its records, the files of its tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from pyspark.sql import SparkSession

from catalog import attach_scratch, attach_staging
from contract import Contract, Table
from dbt_build import Built, DbtFolders, DbtProject, Failure
from merge import stage_merged
from spark.claim import claim, require_newest
from spark.clock import now
from spark.commit import Commits, Run
from spark.hdfs import Hdfs
from spark.journal import Journal
from spark.step import Unusable
from staged import Placement, place, staged_files
from stored import Stored
from views import Views

# Packing records lists them all first, so only one run in this many tries it.
_pack_every_runs = 100


class RunFailed(Exception):
    """Models or tests failed: the layer stays as it was."""

    def __init__(self, layer: str, run: int, failures: list[Failure]) -> None:
        self.failures = failures
        names = ", ".join(failure.name for failure in failures)
        super().__init__(f"{layer}'s run {run} failed, {layer} stays as it was: {names}")


class Layer:
    """
    A layer that this process owns. Making one claims the layer, finishes runs that were cut off, and lists
    the files of its tables.

    Raises Unusable when the lake holds tables of the layer and no records of them.
    """

    def __init__(
        self,
        name: str,
        session: SparkSession,
        lake: str,
        contract: Contract,
        dbt: DbtFolders,
        first_run: int = 0,
        before_record: Callable[[int], None] | None = None,
    ) -> None:
        """`first_run` is the number of a new lake's first run; `before_record` is passed to Commits."""
        self.name, self.session, self.lake, self.contract = name, session, lake.rstrip("/"), contract
        self.step = contract.step(name, lake)
        self.hdfs = Hdfs(session, self.lake)
        self.journal = Journal(self.hdfs, self.step)
        self._claim, self._first_run = claim(self.hdfs, self.step), first_run
        self._commits = Commits(
            self.hdfs, self.step, self.journal, *([before_record] if before_record else [])
        )
        self.recovered = self._commits.recover()
        self._merged: list[str] = []
        self.run_folder = Run(self.hdfs, self.step, self._claim, "run")
        self.tables = {table.model: table for table in contract.of_layer(name)}
        self.newest = self._newest_record()
        # A reader that lists a table without rows finds an empty folder.
        for table in self.tables.values():
            self.hdfs.make_folder(f"{self.lake}/{table.folder}")
        self.stored = {model: Stored(self.hdfs, self.lake, table) for model, table in self.tables.items()}
        self.scratch = attach_scratch(session, name, self.run_folder.scratch)
        self.project = DbtProject(dbt, name, self.scratch)
        self.views = Views(session, self.hdfs, self.lake, contract)
        attach_staging(session, list(self.tables.values()), self.run_folder.rows)

    def _newest_record(self) -> dict | None:
        newest = self.journal.newest()
        if newest is not None:
            return self.journal.read(newest)
        if any(self.hdfs.names(f"{self.lake}/{table.folder}") for table in self.tables.values()):
            raise Unusable(
                f"{self.lake}/{self.name} holds tables, and {self.step.commits} no record of them: they are of an older version, "
                "or the records were lost. Start once with --full-refresh: silver and gold are built anew from bronze."
            )
        return None

    @property
    def next_run(self) -> int:
        return self._first_run if self.newest is None else self.newest["run"] + 1

    def require_newest(self) -> None:
        """Raises Superseded when another process has taken the layer over."""
        require_newest(self.hdfs, self.step, self._claim)

    def begin(self, run: int) -> None:
        """Clears what an earlier attempt has staged."""
        self.run_folder.discard()
        self.views.run(run, now())

    def register_before(self, models: Iterable[str], days: dict[str, Iterable[str]]) -> None:
        """
        Registers the view `before_<model>` of each table as it is now. It holds the days that `days` names
        for the model, or all days where `days` names none.
        """
        for model in sorted(models):
            files = self.stored[model].files(days.get(model))
            self.views.table(f"before_{model}", self.tables[model], [file.path for file in files])

    def left_empty(self, models: Iterable[str]) -> tuple[str, ...]:
        """
        Models that a build can leave out because they get no row: their staging folders are empty since `begin`.
        Spark remembers the files of the run before.
        """
        left = tuple(models)
        for model in left:
            self.session.catalog.refreshTable(self.tables[model].relation)
        return left

    def build(self, run: int, group: str, exclude: tuple[str, ...] = ()) -> Built:
        """Builds models. Raises RunFailed unless every failure is about rows that can be set aside."""
        built = self.project.build(group, exclude)
        if any(not failure.broken for failure in built.failures):
            self.fail(run, list(built.failures))
        return built

    def fail(self, run: int, failures: list[Failure]) -> None:
        """Leaves a note beside the records, removes what was staged, and raises RunFailed."""
        note = {
            "step": self.name,
            "run": run,
            "failedAt": now(),
            "failed": [{"name": failure.name, "message": failure.message} for failure in failures],
        }
        self.run_folder.discard()
        self.require_newest()
        self.hdfs.replace(f"{self.lake}{self.contract.failure(self.name)}", json.dumps(note))
        raise RunFailed(self.name, run, failures)

    def staged(self, run: int) -> Placement:
        """Stages merges of small files, then returns what the run has staged and where each file goes."""
        self._merged = self._stage_merged()
        return place(staged_files(self.session, self.hdfs, self.run_folder, self.contract), run)

    def commit(
        self,
        run: int,
        placed: Placement,
        record: dict,
        retired: dict[str, str] | None = None,
        removes: Iterable[str] = (),
    ) -> None:
        """
        Decides the run and puts it in place: adds the staged files and removes the files that they replace.
        `retired` maps files to the paths to which they are moved; `removes` are further files to remove.

        Raises Superseded when another process has taken the layer over.
        """
        gone = [*removes, *self._merged]
        for model, files in placed.files.items():
            gone += self.stored[model].replaced_by({file.day for file in files})
        try:
            self.run_folder.decide(run, placed.adds, sorted(set(gone)), record, retired)
            self._commits.finish(run)
        finally:
            self.require_newest()
        for model, stored in self.stored.items():
            stored.change(placed.files.get(model, ()), [*gone, *(retired or ())])
        self.newest = record
        self.hdfs.remove(f"{self.lake}{self.contract.failure(self.name)}")
        if run % _pack_every_runs == 0:
            self.journal.compact(self._claim.staging)

    def _stage_merged(self) -> list[str]:
        merged: list[str] = []
        for model, stored in self.stored.items():
            table: Table = self.tables[model]
            files = stored.to_merge() if table.storage in ("keys", "newest") else []
            if files:
                stage_merged(self.session, self.run_folder, self.lake, table, files)
                merged += [file.path for file in files]
        return merged
