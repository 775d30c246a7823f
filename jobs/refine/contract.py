"""What lake/ says of paths, columns and limits, as `npm run generate` wrote it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path


@dataclass(frozen=True)
class Topic:
    """An event topic: the silver fact it becomes, and the DDL of the bronze columns that models read."""

    fact: str
    columns: str


@dataclass(frozen=True)
class Reference:
    """A catalogue: its NDJSON file under the lake's root, and the DDL of its columns."""

    path: str
    columns: str


@dataclass(frozen=True)
class Table:
    """A table that a dbt model writes. `partitioned_by` is event_date, event_month or None."""

    model: str
    layer: str
    name: str
    partitioned_by: str | None
    internal: bool
    columns: str

    @property
    def relation(self) -> str:
        return f"{self.layer}.{self.name}"


@dataclass(frozen=True)
class Contract:
    """`paths` are under the lake's root."""

    paths: dict[str, str]
    snapshot_digits: int
    late_limit: timedelta
    future_limit: timedelta
    topics: dict[str, Topic]
    reference: dict[str, Reference]
    tables: tuple[Table, ...]

    def snapshot_name(self, run: int) -> str:
        return "s" + str(run).zfill(self.snapshot_digits)


def read_contract(path: Path = Path(__file__).parent / "generated" / "contract.json") -> Contract:
    raw = json.loads(path.read_text(encoding="utf-8"))
    return Contract(
        paths=raw["paths"],
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
                partitioned_by=table["partitionedBy"],
                internal=table["internal"],
                columns=table["columns"],
            )
            for table in raw["tables"]
        ),
    )
