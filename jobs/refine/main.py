"""Silver and gold: adds what bronze commits to silver, merges what silver adds into gold, publishes gold. Runs until stopped."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

# The parent folder holds what all of Spark's jobs share.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from contract import Contract, read_contract
from dbt_build import DbtFolders
from gold import Gold
from layer import Layer, RunFailed
from options import read_arguments
from refresh import remove_silver_and_gold
from retire_snapshots import SnapshotRetirement
from session import start_session
from silver import Silver
from spark.failure import explain
from spark.hdfs import HdfsError
from spark.snapshots import Snapshots
from spark.step import Unusable
from views import MissingReference

_seconds_to_finish = 8
_longest_wait_seconds = 300
_look_again_seconds = 1.0


def _say(text: str) -> None:
    print(f"refine: {text}", file=sys.stderr, flush=True)


class _Stop:
    """On SIGTERM or SIGINT a run has `_seconds_to_finish` to end; then the process exits with 0."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._handle)

    def _handle(self, number: int, frame: object) -> None:
        if self.asked.is_set():
            return
        self.asked.set()
        # The next start repeats a run that is not decided, and finishes one that is.
        timer = threading.Timer(_seconds_to_finish, os._exit, (0,))
        timer.daemon = True
        timer.start()


@dataclass(frozen=True)
class _Work:
    """
    The work of one layer. `run` yields a log line for each run, and nothing when there is nothing to do.
    `require_newest` raises Superseded when another process has taken the layer over.
    """

    run: Callable[[], Iterable[dict]]
    require_newest: Callable[[], None]


def _layers(
    arguments: argparse.Namespace, session: SparkSession, contract: Contract, dbt: DbtFolders
) -> list[_Work]:
    """The layers that this process builds in turn."""
    works: list[_Work] = []
    # After this long without new rows, the source counts as idle.
    quiet_seconds = 0 if arguments.once else arguments.every_seconds

    def layer(name: str, *more: Any) -> Layer:
        made = Layer(name, session, arguments.lake_uri, contract, dbt, *more)
        for run in made.recovered:
            _say(f"{name}'s run {run} was cut off while it was put in place; that is done now")
        return made

    if "silver" in arguments.layers:
        added = layer("silver")
        silver = Silver(added, arguments.dimensions_every_seconds, quiet_seconds)
        works.append(_Work(lambda: silver.run(arguments.until_batch), added.require_newest))
    if "gold" in arguments.layers:
        snapshots = Snapshots(session, f"{arguments.lake_uri}{contract.paths['gold']}")
        snapshots.allow()
        # After a refresh, gold's run numbers continue after those of the old snapshots.
        first_run = max(map(contract.snapshot_run, snapshots.names()), default=-1) + 1
        merged = layer("gold", first_run, lambda run: snapshots.create(contract.snapshot_name(run)))
        gold = Gold(
            merged,
            contract.step("silver", arguments.lake_uri),
            SnapshotRetirement(merged.hdfs, merged.lake, contract, snapshots),
            arguments.late_every_seconds,
            quiet_seconds,
        )
        works.append(_Work(gold.run, merged.require_newest))
    return works


def _run_layer(work: _Work, until_idle: bool) -> bool:
    """Runs a layer once, or with `until_idle` until it has no work. Returns whether there was any work."""
    worked = False
    while True:
        done = False
        for line in work.run():
            print(json.dumps(line), flush=True)
            done = True
        worked = worked or done
        if not done or not until_idle:
            return worked


def _run_all(works: list[_Work], until_idle: bool) -> bool:
    """
    Runs each layer once, or with `until_idle` until none has work. Returns whether there was any work. Gold
    then follows silver's last run, and builds its lifetime figures once.
    """
    worked = False
    while True:
        done = [_run_layer(work, until_idle) for work in works]
        worked = worked or any(done)
        if not any(done) or not until_idle:
            return worked


def _require_newest(works: list[_Work]) -> None:
    for work in works:
        work.require_newest()


def _loop(make_works: Callable[[], list[_Work]], arguments: argparse.Namespace, stop: _Stop) -> int:
    failures = 0
    is_doubtful = False
    works = make_works()
    print(json.dumps({"step": "refine", "ready": True}), flush=True)
    while not stop.asked.is_set():
        began = time.monotonic()
        wait = _look_again_seconds
        try:
            if is_doubtful:
                # Check first: starting over claims the layers, and would take them back from a newer process.
                _require_newest(works)
                works, is_doubtful = [], False
            works = works or make_works()
            if _run_all(works, arguments.once):
                wait = max(0.0, arguments.every_seconds - (time.monotonic() - began))
            failures = 0
        except MissingReference as missing:
            _say(f"waits: {missing}")
        except RunFailed as failed:
            _say(str(failed))
            for failure in failed.failures:
                _say(f"{failure.name}: {failure.message}")
            failures += 1
        except (Py4JError, PySparkException, HdfsError) as broken:
            # HDFS may be away for a while. A run that was not decided is repeated; a decided one is finished.
            _say(f"run given up: {explain(broken, arguments.lake_uri)}")
            failures += 1
            is_doubtful = True
            # A superseded process fails with an HDFS error that does not say so: this check does.
            with suppress(Py4JError, HdfsError):
                _require_newest(works)
        if arguments.once:
            return 1 if failures else 0
        if failures > 0:
            wait = min(arguments.every_seconds * 2**failures, _longest_wait_seconds)
            _say(f"tries again in {wait:.0f} s")
        stop.asked.wait(wait)
    return 0


def main() -> int:
    arguments = read_arguments(__doc__)
    stop = _Stop()
    contract = read_contract()
    # Variables that a user has set for another dbt project must not change this build.
    for name in [name for name in os.environ if name.startswith("DBT_")]:
        del os.environ[name]
    with tempfile.TemporaryDirectory(prefix="refine-dbt-") as target:
        _say("starts Spark")
        session = start_session(dict(arguments.spark_conf))
        try:
            if arguments.full_refresh:
                remove_silver_and_gold(session, arguments.lake_uri, contract)
            dbt = DbtFolders(arguments.dbt_project, Path(target), arguments.parsed_models)
            code = _loop(lambda: _layers(arguments, session, contract, dbt), arguments, stop)
        except (Unusable, PermissionError) as unusable:
            _say(f"stopped: {unusable}")
            code = 1
        session.stop()
    return code


if __name__ == "__main__":
    sys.exit(main())
