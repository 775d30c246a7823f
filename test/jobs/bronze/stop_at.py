"""Bronze, killed or held at one point of a batch's commit: `STOP_AT` names it."""

from __future__ import annotations

import os
import runpy
import signal
import sys
from collections.abc import Callable
from pathlib import Path

bronze = Path(__file__).resolve().parents[3] / "jobs" / "bronze"
sys.path[:0] = [str(bronze), str(bronze.parent)]

from pyspark import SparkContext

import stream
from spark import commit


def die() -> None:
    """Kills Python, and a JVM of its own at once, as when the machine fails."""
    if "JVM_PORT" not in os.environ:
        jvm = SparkContext._active_spark_context._jvm.java.lang.ProcessHandle.current().pid()
        os.kill(jvm, signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)


def hold() -> None:
    """As in a long pause: it goes on at SIGCONT."""
    print('{"held": true}', flush=True)
    os.kill(os.getpid(), signal.SIGSTOP)


def before(owner: type, name: str, act: Callable[[], None], call: int = 1) -> None:
    original = getattr(owner, name)
    calls = 0

    def wrapped(*arguments: object) -> object:
        nonlocal calls
        calls += 1
        if calls == call:
            act()
        return original(*arguments)

    setattr(owner, name, wrapped)


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
