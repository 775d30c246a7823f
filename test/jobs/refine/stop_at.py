"""Refine, killed at one point of a run: `STOP_AT` names it."""

from __future__ import annotations

import os
import runpy
import signal
import sys
from collections.abc import Callable
from pathlib import Path

refine = Path(__file__).resolve().parents[3] / "jobs" / "refine"
sys.path.insert(0, str(refine))

from pyspark import SparkContext
from pyspark.sql import SparkSession

import lake_files

# Of about thirty tables; silver's are among the first.
_tables_written_before_death = 9


def die() -> None:
    """Python and the JVM at once, as when the machine goes."""
    jvm = SparkContext._active_spark_context._jvm.java.lang.ProcessHandle.current().pid()
    os.kill(jvm, signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)


def before(owner: type, name: str, counts: Callable[[tuple], bool], call: int) -> None:
    """Dies at the `call`th call of a method that `counts`."""
    original = getattr(owner, name)
    calls = 0

    def wrapped(*arguments: object, **named: object) -> object:
        nonlocal calls
        calls += counts(arguments)
        if calls == call:
            die()
        return original(*arguments, **named)

    setattr(owner, name, wrapped)


points: dict[str, Callable[[], None]] = {
    "among the tables": lambda: before(
        SparkSession,
        "sql",
        lambda arguments: "insert overwrite" in str(arguments[1]),
        _tables_written_before_death,
    ),
    "before the record": lambda: before(lake_files.LakeFiles, "write_new", lambda arguments: True, 1),
}
points[os.environ["STOP_AT"]]()
sys.argv[0] = str(refine / "main.py")
runpy.run_path(sys.argv[0], run_name="__main__")
