"""
Runs refine, and kills it, pauses it or takes HDFS away at one point of a run. The environment variable
`STOP_AT` names the point as `layer: point`.
"""

from __future__ import annotations

import os
import runpy
import sys
from collections.abc import Callable
from pathlib import Path

refine = Path(__file__).resolve().parents[1] / "jobs" / "refine"
sys.path[:0] = [str(refine), str(refine.parent)]

from interruption import before, die, hold

from spark import commit, snapshots
from spark.hdfs import HdfsError


def lose_hdfs() -> None:
    """Fails as when the NameNode is away for a moment."""
    raise HdfsError("the NameNode is away for a moment")


layer, _, point = os.environ["STOP_AT"].partition(": ")


def of_layer(arguments: tuple) -> bool:
    """Whether the method's object belongs to the layer's step."""
    own = f"/checkpoints/{layer}/decided/"
    return getattr(arguments[0], "_step", None) is not None and arguments[0]._step.decided.endswith(own[:-1])


def decides_rows(arguments: tuple) -> bool:
    """Whether the run has rows of bronze: the first run of silver only makes its dimensions."""
    return of_layer(arguments) and any("/fct_" in staged or "/facts/" in staged for staged in arguments[2])


def after_deciding_rows(then: Callable[[], None]) -> None:
    """Calls `then` once a run with rows is decided: what it sets up concerns that run alone."""
    original = commit.Run.decide
    done = False

    def wrapped(*arguments: object, **named: object) -> object:
        nonlocal done
        result = original(*arguments, **named)
        if not done and decides_rows(arguments):
            done = True
            then()
        return result

    commit.Run.decide = wrapped


points: dict[str, Callable[[], None]] = {
    "staged": lambda: before(commit.Run, "decide", die, decides_rows),
    "decided": lambda: after_deciding_rows(die),
    "between moves": lambda: after_deciding_rows(
        lambda: before(commit.Commits, "move", die, of_layer, call=2)
    ),
    "before the snapshot": lambda: after_deciding_rows(
        lambda: before(snapshots.Snapshots, "create", die, lambda _: True)
    ),
    "HDFS lost before it is decided": lambda: before(commit.Run, "decide", lose_hdfs, decides_rows),
    "held before it is decided": lambda: before(commit.Run, "decide", hold, decides_rows),
}
points[point]()
sys.argv[0] = str(refine / "main.py")
runpy.run_path(sys.argv[0], run_name="__main__")
