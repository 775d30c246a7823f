"""How a test interrupts a program at one point: it kills the program, or pauses it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

from pyspark import SparkContext


def die() -> None:
    """Kills Python, and a JVM of its own at once, as when the machine fails."""
    if "JVM_PORT" not in os.environ:
        jvm = SparkContext._active_spark_context._jvm.java.lang.ProcessHandle.current().pid()
        os.kill(jvm, signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)


def hold() -> None:
    """Pauses this process until SIGCONT."""
    print('{"held": true}', flush=True)
    os.kill(os.getpid(), signal.SIGSTOP)


def before(
    owner: type,
    name: str,
    act: Callable[[], None],
    counts: Callable[[tuple], bool] = lambda _: True,
    call: int = 1,
) -> None:
    """Calls `act` before the `call`th call of a method for which `counts` returns True."""
    original = getattr(owner, name)
    calls = 0

    def wrapped(*arguments: object, **named: object) -> object:
        nonlocal calls
        calls += counts(arguments)
        if calls == call:
            calls += 1
            act()
        return original(*arguments, **named)

    setattr(owner, name, wrapped)
