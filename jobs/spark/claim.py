"""
Which process owns a step of the lake. Each start claims the next number and fences all earlier claims. Every
change that a process makes to the lake begins with a rename out of its own staging folder, and a fenced
process can't have a staging folder.
"""

from __future__ import annotations

import json
import os
import socket
from dataclasses import dataclass

from spark.clock import now
from spark.hdfs import Hdfs, HdfsError
from spark.step import Step, Unusable

_digits = 8

# A start fences this many claims before it. A process that is older and still alive would have slept through
# all of these starts.
_kept = 100


class Superseded(Unusable):
    """A newer start owns this step now."""


@dataclass(frozen=True)
class Claim:
    """`staging` is this process's own folder for half-written files."""

    number: int
    staging: str


def _numbers(hdfs: Hdfs, step: Step) -> list[int]:
    return [int(name) for name in hdfs.names(step.claims) if name.isdigit()]


def _name(number: int) -> str:
    return str(number).zfill(_digits)


def _fence(hdfs: Hdfs, staging: str) -> None:
    """Puts a file where the folder was: nothing can be written below a file, and nothing renamed out of it."""
    while not hdfs.is_file(staging):
        hdfs.remove(staging)
        try:
            hdfs.create(staging, "")
        except HdfsError:
            # The old owner created its folder again in between: remove that too.
            if not hdfs.exists(staging):
                raise


def claim(hdfs: Hdfs, step: Step) -> Claim:
    """Claims the step. Once this returns, no earlier process can decide a run any more."""
    who = json.dumps({"host": socket.gethostname(), "pid": os.getpid(), "startedAt": now()})
    while True:
        earlier = _numbers(hdfs, step)
        number = max(earlier, default=0) + 1
        try:
            hdfs.create(f"{step.claims}/{_name(number)}", who)
            break
        except HdfsError:
            # Another process that starts at this moment was faster: its claim is an earlier one now.
            if number not in _numbers(hdfs, step):
                raise
    for old in sorted(earlier)[-_kept:]:
        _fence(hdfs, f"{step.staging}/{_name(old)}")
    for ancient in sorted(earlier)[:-_kept]:
        hdfs.remove(f"{step.staging}/{_name(ancient)}")
        hdfs.remove(f"{step.claims}/{_name(ancient)}")
    return Claim(number, f"{step.staging}/{_name(number)}")


def require_newest(hdfs: Hdfs, step: Step, mine: Claim) -> None:
    """Raises Superseded when another process has claimed the step since."""
    newest = max(_numbers(hdfs, step), default=0)
    if newest > mine.number:
        who = hdfs.read(f"{step.claims}/{_name(newest)}")
        raise Superseded(
            f"another {step.name} application has taken over {step.lake} (start {newest}: {who}); this one "
            f"(start {mine.number}) stops. Run one {step.name} per lake."
        )
