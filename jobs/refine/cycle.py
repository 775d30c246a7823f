"""One run: what is new, which days it touches, models and tests, snapshot and record."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from typing import Any

from pyspark.sql import SparkSession

from bronze_index import BronzeIndex, Limits, TopicBatch, read_batches
from contract import Contract, Table
from dbt_build import DbtProject, Failure
from inputs import register_bronze, register_reference
from lake_files import LakeFiles
from plan import Plan, make_plan
from publish import RefineJournal, timestamp
from rejected import count_rejected
from tables import Partitions


class RunFailed(Exception):
    """Models or tests failed: nothing is published, the last good gold stays in service."""

    def __init__(self, run: int, failures: list[Failure]) -> None:
        self.failures = failures
        names = ", ".join(failure.name for failure in failures)
        super().__init__(f"run {run} failed, the last good gold stays in service: {names}")


@dataclass
class Refinery:
    """Everything a run needs; what it knows of bronze grows with each run, and is read again after a failure."""

    spark: SparkSession
    lake: LakeFiles
    contract: Contract
    project: DbtProject
    journal: RefineJournal

    def __post_init__(self) -> None:
        self._partitions = Partitions(self.spark, self.lake, self.contract)
        self._static: str | None = None
        self.forget()

    def forget(self) -> None:
        """The next run reads bronze's records anew."""
        self._index = BronzeIndex(Limits(self.contract.late_limit, self.contract.future_limit))
        self._indexed_through = -1
        self._unrefined: list[TopicBatch] = []

    def run(self, until_batch: int | None, full_refresh: bool) -> dict[str, Any] | None:
        """
        Refines what bronze has committed since the newest record, `until_batch` at most. Returns what to log, None when
        nothing is new.

        Raises RunFailed.
        """
        began = time.monotonic()
        started_at = timestamp()
        newest = self.journal.newest()
        new = self._new_batches(-1 if full_refresh else newest.bronze_through, until_batch)
        if not new:
            return None
        run = newest.run + 1
        through = max(batch.batch for batch in new)
        facts = {topic: described.fact for topic, described in self.contract.topics.items()}
        plan = make_plan(self._index, facts, new, None if full_refresh else newest.open_from)
        reference = register_reference(self.spark, self.lake, self.contract)
        files = register_bronze(self.spark, self.lake, self.contract, self._index, plan)
        rejected = count_rejected(self.spark, self.lake, self._index.limits, new)
        built = self.project.build(_variables(plan), exclude=self._exclude(plan, reference))
        if built.failures:
            self._static = None
            self.journal.fail(run, through, list(built.failures))
            raise RunFailed(run, list(built.failures))
        self._static = reference
        for table in self.contract.tables:
            if table.partitioned_by == "event_date":
                self._partitions.remove_emptied(table, plan.days[table.model])
            elif table.partitioned_by == "event_month":
                self._partitions.remove_emptied(table, plan.closing)
        record = {
            "startedAt": started_at,
            "bronzeThrough": through,
            "touchedDays": _iso(plan.touched),
            "openFrom": plan.next_open_from.isoformat(),
            "changed": {
                table.name: _iso(plan.days[table.model]) if table.partitioned_by else "all"
                for table in self._of_layer("gold")
            },
            "rows": self._count_rows(plan),
            "rejected": rejected,
            "tests": {"passed": built.passed, "warned": built.warned},
        }
        self.journal.commit(run, record)
        return {
            "step": "refine",
            "run": run,
            "seconds": round(time.monotonic() - began, 2),
            "touchedDays": record["touchedDays"],
            "bronzeThrough": through,
            "files": files,
            "rejected": rejected,
            "modelSeconds": built.seconds,
        }

    def _new_batches(self, after: int, until: int | None) -> list[TopicBatch]:
        """Batches after `after`, of which none is over `until`; all of them are in the index afterwards."""
        for batch in read_batches(self.lake, self.contract, self._indexed_through):
            if until is not None and batch.batch > until:
                break
            self._index.add([batch])
            self._indexed_through = batch.batch
            self._unrefined.append(batch)
        self._unrefined = [batch for batch in self._unrefined if batch.batch > after]
        return self._unrefined

    def _exclude(self, plan: Plan, reference: str) -> tuple[str, ...]:
        """Models that would write what is there already."""
        static = ("dim_songs", "dim_artists", "dim_locations", "dim_dates")
        monthly = tuple(
            table.model for table in self.contract.tables if table.partitioned_by == "event_month"
        )
        return (static if reference == self._static else ()) + (() if plan.closing else monthly)

    def _of_layer(self, layer: str) -> list[Table]:
        return [table for table in self.contract.tables if table.layer == layer]

    def _count_rows(self, plan: Plan) -> dict[str, int]:
        """Rows of the days written, by silver fact and gold table: from the files' footers, in one query."""
        facts = {described.fact for described in self.contract.topics.values()}
        counts = []
        for table in self.contract.tables:
            if table.layer != "gold" and table.name not in facts:
                continue
            where = "true"
            if table.partitioned_by:
                days = ", ".join(f"date'{day}'" for day in _iso(plan.days[table.model]))
                where = f"event_date in ({days})" if days else "false"
            counts.append(
                f"select '{table.name}' as name, count(*) as rows from {table.relation} where {where}"
            )
        return {row["name"]: row["rows"] for row in self.spark.sql(" union all ".join(counts)).collect()}


def _iso(days: frozenset[date]) -> list[str]:
    return sorted(day.isoformat() for day in days)


def _variables(plan: Plan) -> dict[str, Any]:
    return {
        "days": {model: _iso(days) for model, days in plan.days.items()},
        "open_from": plan.open_from.isoformat(),
        "base_month": None if plan.base_month is None else plan.base_month.isoformat(),
        "closing_months": [month.isoformat() for month in plan.closing],
    }
