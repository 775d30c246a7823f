"""Bronze, killed or held at one point of a batch's commit: `STOP_AT` names it."""

from __future__ import annotations

import os
import runpy
import sys
from collections.abc import Callable
from pathlib import Path

root = Path(__file__).resolve().parents[3]
bronze = root / "jobs" / "bronze"
sys.path[:0] = [str(bronze), str(bronze.parent), str(root / "testbed")]

from interruption import before, die, hold

import stream
from spark import commit


def after(owner: type, name: str, act: Callable[[], None]) -> None:
    original = getattr(owner, name)

    def wrapped(*arguments: object) -> object:
        result = original(*arguments)
        act()
        return result

    setattr(owner, name, wrapped)


points: dict[str, Callable[[], None]] = {
    "staged": lambda: before(commit.Run, "decide", die),
    "decided": lambda: after(commit.Run, "decide", die),
    "between renames": lambda: before(commit.Commits, "move", die, call=2),
    "before the record": lambda: before(commit.Commits, "write_record", die),
    "after the record": lambda: after(commit.Commits, "write_record", die),
    "before Spark's commit": lambda: after(stream.Bronze, "_process", die),
    "held before it is decided": lambda: before(commit.Run, "decide", hold),
    "held between renames": lambda: before(commit.Commits, "move", hold, call=2),
}
points[os.environ["STOP_AT"]]()
sys.argv[0] = str(bronze / "main.py")
runpy.run_path(sys.argv[0], run_name="__main__")
