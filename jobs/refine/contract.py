"""Paths, columns and limits as lake/ defines them, from the file that `npm run generate` writes."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from spark.step import Step, step


@dataclass(frozen=True)
class Topic:
    """An event topic: the silver fact it becomes, and the DDL of the bronze columns that models read."""

    fact: str
    columns: str


@dataclass(frozen=True)
class Reference:
    """A catalogue: its folder under the lake's root, and the DDL of its columns."""

    path: str
    columns: str


@dataclass(frozen=True)
class Table:
    """
    A table that a dbt model writes. `storage` is append, by_day, whole, keys or newest (lake/tables).
    `cut_by` names the column with a row's day; it is None where rows have no day. An `internal` table
    promises nothing to readers.
    """

    model: str
    layer: str
    name: str
    storage: str
    cut_by: str | None
    key: tuple[str, ...]
    internal: bool
    columns: str

    @property
    def relation(self) -> str:
        return f"{self.layer}.{self.name}"

    @property
    def folder(self) -> str:
        """The table's folder, under the lake's root."""
        return f"{self.layer}/{self.name}"

    @property
    def staged_by(self) -> str | None:
        """The column that partitions the table in the staging folder (macros/staged.sql), or None."""
        return "file_day" if self.storage in ("by_day", "keys") else self.cut_by


@dataclass(frozen=True)
class Contract:
    """`paths` are under the lake's root."""

    paths: dict[str, str]
    step_paths: dict[str, dict[str, str]]
    snapshot_digits: int
    late_limit: timedelta
    future_limit: timedelta
    topics: dict[str, Topic]
    reference: dict[str, Reference]
    tables: tuple[Table, ...]

    def snapshot_name(self, run: int) -> str:
        return "s" + str(run).zfill(self.snapshot_digits)

    def snapshot_run(self, name: str) -> int:
        """The run whose snapshot has this name; -1 for a snapshot that a person has taken."""
        return int(name[1:]) if re.fullmatch(rf"s\d{{{self.snapshot_digits},}}", name) else -1

    def step(self, name: str, lake: str) -> Step:
        paths = {kind: path for kind, path in self.step_paths[name].items() if kind != "failure"}
        return step(name, lake, paths)

    def failure(self, name: str) -> str:
        """Path, under the lake's root, of the file that says why a step's newest run failed."""
        return self.step_paths[name]["failure"]

    def of_layer(self, layer: str) -> list[Table]:
        return [table for table in self.tables if table.layer == layer]

    def table(self, model: str) -> Table:
        return next(table for table in self.tables if table.model == model)


def read_contract(path: Path = Path(__file__).parent / "generated" / "contract.json") -> Contract:
    raw = json.loads(path.read_text(encoding="utf-8"))
    return Contract(
        paths=raw["paths"],
        step_paths=raw["steps"],
        snapshot_digits=raw["snapshotDigits"],
        late_limit=timedelta(days=raw["lateLimitDays"]),
        future_limit=timedelta(hours=raw["futureLimitHours"]),
        topics={name: Topic(**topic) for name, topic in raw["topics"].items()},
        reference={name: Reference(**reference) for name, reference in raw["reference"].items()},
        tables=tuple(
            Table(
                model=table["model"],
                layer=table["layer"],
                name=table["name"],
                storage=table["storage"],
                cut_by=table["cutBy"],
                key=tuple(table["key"]),
                internal=table["internal"],
                columns=table["columns"],
            )
            for table in raw["tables"]
        ),
    )
