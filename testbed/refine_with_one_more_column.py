"""
Runs refine with two more columns in its contract and models: `visit` in silver.fct_page_views and `views` in
gold.kpi_daily.
"""

from __future__ import annotations

import atexit
import json
import runpy
import shutil
import sys
import tempfile
from pathlib import Path

jobs = Path(__file__).resolve().parents[1] / "jobs"
sys.path[:0] = [str(jobs / "refine"), str(jobs)]

import contract

folder = Path(tempfile.mkdtemp(prefix="one-more-column-"))
atexit.register(shutil.rmtree, folder)
project = shutil.copytree(jobs / "dbt", folder / "dbt")


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    if text.count(before) != 1:
        raise SystemExit(f"{path}: {before!r} is there {text.count(before)} times")
    path.write_text(text.replace(before, after), encoding="utf-8")


def add(layer: str, model: str, column: str, kind: str, where: str, sql: str) -> None:
    """
    Adds a column before the day, which is the last one, and puts its expression before `where` in the model.
    """
    schema = project / "models" / layer / f"{layer}.yml"
    # The file is JSON below one line of comment.
    described = json.loads(schema.read_text(encoding="utf-8").partition("\n")[2])
    [found] = [each for each in described["models"] if each["name"] == model]
    found["columns"].insert(-1, {"name": column, "data_type": kind})
    schema.write_text("\n" + json.dumps(described), encoding="utf-8")
    change(project / "models" / layer / "each_run" / f"{model}.sql", where, f"{sql} as {column}, {where}")
    raw = json.loads(changed.read_text(encoding="utf-8"))
    [table] = [each for each in raw["tables"] if each["model"] == model]
    table["columns"] = table["columns"].replace(", event_date date", f", {column} {kind}, event_date date")
    changed.write_text(json.dumps(raw), encoding="utf-8")


changed = Path(shutil.copy(jobs / "refine" / "generated" / "contract.json", folder / "contract.json"))
add(
    "silver",
    "fct_page_views",
    "visit",
    "string",
    "trim(event.session_id) as session_id",
    "trim(event.session_id)",
)
add(
    "gold",
    "kpi_daily",
    "views",
    "bigint",
    "page_views,\n  logins,\n  failed_logins,\n  registrations,\n  upgrades",
    "page_views",
)
contract.read_contract.__defaults__ = (changed,)
sys.argv = [str(jobs / "refine" / "main.py"), *sys.argv[1:], "--dbt-project", str(project)]
runpy.run_path(sys.argv[0], run_name="__main__")
