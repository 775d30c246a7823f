"""Gold: each run merges silver's new rows into the files of their days, and takes a snapshot that ClickHouse reads."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from pyspark.errors import PySparkException

from dbt_build import Built
from layer import Layer, RunFailed
from new_silver import NewFiles, new_files, pending_days
from retire_snapshots import SnapshotRetirement
from spark.clock import now
from spark.cost import Cost
from spark.journal import Journal
from spark.step import Step
from staged import Placement


class Gold:
    """
    Each run merges the days that have nearly all new rows. The other days are merged every
    `late_every_seconds`, or when silver has had nothing new for `quiet_seconds`. The tables with lifetime
    figures are built after each merge of the other days.
    """

    def __init__(
        self,
        layer: Layer,
        silver: Step,
        retirement: SnapshotRetirement,
        late_every_seconds: float,
        quiet_seconds: float,
    ) -> None:
        self._layer, self._retirement = layer, retirement
        self._silver = Journal(layer.hdfs, silver)
        self._late_every, self._quiet = late_every_seconds, quiet_seconds
        self._groups = {name: layer.project.group(name) for name in ("each_run", "lifetime")}
        self._records: list[dict[str, Any]] = self._silver.read_after(min(self._through.values()))
        self._newest_silver: dict[str, Any] | None = self._records[-1] if self._records else None
        if self._newest_silver is None and (newest := self._silver.newest()) is not None:
            self._newest_silver = self._silver.read(newest)
        self._facts = [topic.fact for topic in layer.contract.topics.values()]
        self._late_at = time.monotonic()
        self._new_at = time.monotonic()

    @property
    def _through(self) -> dict[str, int]:
        newest = self._layer.newest
        return {"silver": -1, "late": -1, "lifetime": -1} if newest is None else newest["through"]

    @property
    def _events(self) -> int:
        newest = self._layer.newest
        return 0 if newest is None else newest["events"]

    def run(self) -> Iterator[dict[str, Any]]:
        """
        Merges what silver has added since gold's newest record. Yields a log line for each run, and nothing
        when there is nothing to do.

        Raises RunFailed, Superseded.
        """
        while True:
            self._read_silver()
            read = self._newest_silver
            if read is None:
                return
            try:
                yield from self._merge_all(read["run"])
                return
            except (RunFailed, PySparkException):
                self._read_silver()
                # Silver may have moved or replaced files while gold read them: then gold tries again with the
                # new ones.
                if not any(
                    record["retired"] or record["whole"] != read["whole"]
                    for record in self._records
                    if record["run"] > read["run"]
                ):
                    raise

    def _merge_all(self, newest: int) -> Iterator[dict[str, Any]]:
        """`newest` is the number of silver's newest run."""
        through = self._through
        at = time.monotonic()
        if newest > through["silver"]:
            self._new_at = at
        behind = min(through["late"], through["lifetime"]) < newest
        with_late = behind and (
            at - self._late_at >= self._late_every
            or (newest == through["silver"] and at - self._new_at >= self._quiet)
        )
        if newest > through["silver"] or (with_late and newest > through["late"]):
            yield self._merge(newest, with_late)
        if with_late:
            yield self._lifetime(newest)
            self._late_at = time.monotonic()

    def _read_silver(self) -> None:
        known = self._newest_silver["run"] if self._newest_silver else -1
        new = self._silver.read_after(known)
        if new:
            self._newest_silver = new[-1]
        oldest = min(self._through.values())
        self._records = [record for record in self._records + new if record["run"] > oldest]

    def _bronze_through(self, run: int) -> int:
        """
        The newest bronze batch that silver had read after a run. For a run whose record is no longer kept
        here, gold's own newest record says it.
        """
        for record in reversed(self._records):
            if record["run"] == run:
                return record["bronzeThrough"]
        newest = self._layer.newest
        if newest is None:
            return -1
        return max(newest["bronze"][name] for name, at in newest["through"].items() if at <= run)

    # --- days ---

    def _merge(self, silver_run: int, with_late: bool) -> dict[str, Any]:
        cost, started_at, run = Cost(self._layer.session), now(), self._layer.next_run
        through = self._through
        files = new_files(self._records, through["late"] if with_late else None, through["silver"])
        late = silver_run if with_late else through["late"]
        built, placed = self._build(run, "each_run", files)
        after = {"silver": silver_run, "late": late, "lifetime": through["lifetime"]}
        return self._commit(run, cost, started_at, after, placed, built, files.rows(self._facts))

    # --- lifetime figures ---

    def _lifetime(self, silver_run: int) -> dict[str, Any]:
        """Runs only when all days are merged: a merchant's figures are sums over its days."""
        cost, started_at, run = Cost(self._layer.session), now(), self._layer.next_run
        through = self._through
        files = new_files(self._records, through["lifetime"], through["lifetime"])
        built, placed = self._build(run, "lifetime", files)
        return self._commit(run, cost, started_at, through | {"lifetime": silver_run}, placed, built, 0)

    # --- both ---

    def _build(self, run: int, name: str, files: NewFiles) -> tuple[Built, Placement]:
        layer, group = self._layer, self._groups[name]
        layer.begin(run)
        if not files.by_table and name == "each_run":
            return Built(0, 0, (), {}), layer.staged(run)
        whole = self._newest_silver["whole"] if self._newest_silver else {}
        for model in group.other_layer:
            table = layer.contract.table(model)
            paths = [whole[model]] if table.storage == "whole" and model in whole else files.of(model)
            layer.views.table(model, table, paths)
        by_day = {
            model: sorted(files.days)
            for model in group.before
            if name == "each_run" and layer.tables[model].storage in ("by_day", "keys")
        }
        layer.register_before(group.before, by_day)
        built = layer.build(run, name)
        if built.failures:
            layer.fail(run, list(built.failures))
        return built, layer.staged(run)

    def _commit(
        self,
        run: int,
        cost: Cost,
        started_at: str,
        through: dict[str, int],
        placed: Placement,
        built: Built,
        new_events: int,
    ) -> dict[str, Any]:
        public = {
            model: table
            for model, table in self._layer.tables.items()
            if not table.internal and model in placed.files
        }
        record = {
            "step": "gold",
            "run": run,
            "startedAt": started_at,
            "committedAt": now(),
            "through": through,
            "bronze": {name: self._bronze_through(at) for name, at in through.items()},
            "events": self._events + new_events,
            "pendingDays": sorted(pending_days(self._records, through["late"])),
            "snapshot": self._layer.contract.snapshot_name(run),
            "changed": {
                table.name: "all" if table.storage == "whole" else placed.days(model)
                for model, table in public.items()
            },
            "rows": {table.name: placed.total(model) for model, table in public.items()},
            "tests": {"passed": built.passed, "warned": built.warned},
        }
        self._layer.commit(run, placed, record)
        self._retirement.after(run)
        return {
            "step": "gold",
            "run": run,
            **cost.line(),
            "through": through,
            "changed": record["changed"],
            "modelSeconds": built.seconds,
        }
