"""The record of one run of silver: lake/records/silver.ts describes it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from dbt_build import Built
from layer import Layer
from spark.clock import now
from staged import Placement


def of_newest(silver: Layer, name: str, otherwise: Any) -> Any:
    """A field of the newest record; `otherwise` where there is no record yet."""
    return otherwise if silver.newest is None else silver.newest[name]


def new_record(silver: Layer, run: int, started_at: str, placed: Placement, built: Built) -> dict[str, Any]:
    """The record of what the run added; watermarks are those of the newest record."""
    whole = dict(of_newest(silver, "whole", {}))
    added: dict[str, dict[str, list[str]]] = {}
    rows: dict[str, dict[str, int]] = {}
    for model, files in placed.files.items():
        storage = silver.tables[model].storage
        if storage == "append":
            by_day: dict[str, list[str]] = defaultdict(list)
            for file in files:
                by_day[str(file.day)].append(file.path)
            added[model] = dict(by_day)
            rows[model] = {str(day): count for day, count in placed.rows[model].items()}
        elif storage == "whole":
            whole[model] = files[0].path
    return {
        "step": "silver",
        "run": run,
        "startedAt": started_at,
        "committedAt": now(),
        "bronzeThrough": of_newest(silver, "bronzeThrough", -1),
        "added": added,
        "rows": rows,
        "whole": whole,
        "retired": {},
        "excluded": {},
        "dimensionsThrough": of_newest(silver, "dimensionsThrough", -1),
        "catalogue": of_newest(silver, "catalogue", ""),
        "waiting": of_newest(silver, "waiting", 0),
        "tests": {"passed": built.passed, "warned": built.warned},
    }
