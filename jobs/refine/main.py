"""Silver and gold: reads what bronze commits, builds the models of the days it touches, publishes gold. Runs until stopped."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import tempfile
import threading
from pathlib import Path

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException

from contract import read_contract
from cycle import Refinery, RunFailed
from dbt_build import DbtProject
from inputs import MissingReference
from lake_files import LakeFiles
from publish import OvertakenError, RefineJournal
from session import start_session
from tables import attach_tables

_seconds_to_finish = 8
_longest_wait_seconds = 300
_look_again_seconds = 1.0


def _say(text: str) -> None:
    print(f"refine: {text}", file=sys.stderr, flush=True)


def _setting(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign or not key:
        raise argparse.ArgumentTypeError(f"{text!r}, allowed: key=value")
    return key, value


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lake", required=True, help="the lake's root, hdfs://host:port/path")
    parser.add_argument(
        "--every-seconds", type=float, default=60, help="from one run's start to the next (60)"
    )
    parser.add_argument("--once", action="store_true", help="refine what is there, then end")
    parser.add_argument("--until-batch", type=int, help="take no bronze batch after this one")
    parser.add_argument(
        "--spark-conf", type=_setting, nargs="+", action="extend", default=[], metavar="KEY=VALUE"
    )
    parser.add_argument("--dbt-project", type=Path, default=Path(__file__).parent.parent / "dbt")
    parser.add_argument("--full-refresh", action="store_true", help="the first run rewrites every day")
    return parser.parse_args()


def _first_line(error: BaseException) -> str:
    java = getattr(error, "java_exception", None)
    return str(error if java is None else java).strip().split("\n")[0]


class _Stop:
    """SIGTERM and SIGINT: a run may finish, within seconds; then the process ends as it would between runs."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._handle)

    def _handle(self, number: int, frame: object) -> None:
        if self.asked.is_set():
            return
        self.asked.set()
        # A run that is abandoned has published nothing, and the next one does its work again.
        timer = threading.Timer(_seconds_to_finish, os._exit, (0,))
        timer.daemon = True
        timer.start()


def _loop(refinery: Refinery, arguments: argparse.Namespace, stop: _Stop) -> int:
    failures = 0
    full_refresh = arguments.full_refresh
    while not stop.asked.is_set():
        wait = arguments.every_seconds
        try:
            done = refinery.run(arguments.until_batch, full_refresh)
            if done is None:
                wait = min(wait, _look_again_seconds)
            else:
                print(json.dumps(done), flush=True)
                full_refresh = False
                wait = max(0.0, wait - done["seconds"])
            failures = 0
        except MissingReference as missing:
            _say(f"waits: {missing}")
        except OvertakenError as overtaken:
            _say(str(overtaken))
            return 1
        except RunFailed as failed:
            _say(str(failed))
            for failure in failed.failures:
                _say(f"{failure.name}: {failure.message}")
            failures += 1
        except (Py4JError, PySparkException) as broken:
            # HDFS that is away for a while: nothing was published, and the next run does the work again.
            _say(f"run given up, the last good gold stays in service: {_first_line(broken)}")
            failures += 1
        if failures > 0:
            refinery.forget()
            if arguments.once:
                return 1
            wait = min(arguments.every_seconds * 2**failures, _longest_wait_seconds)
            _say(f"tries again in {wait:.0f} s")
        if arguments.once:
            return 0
        stop.asked.wait(wait)
    return 0


def main() -> int:
    arguments = _arguments()
    stop = _Stop()
    contract = read_contract()
    with tempfile.TemporaryDirectory(prefix="refine-dbt-") as target:
        _say("starts Spark")
        spark = start_session(arguments.lake, dict(arguments.spark_conf))
        lake = LakeFiles(spark, arguments.lake)
        try:
            journal = RefineJournal(lake, contract)
        except PermissionError as refused:
            _say(str(refused))
            return 1
        attach_tables(spark, lake, contract)
        project = DbtProject(arguments.dbt_project, Path(target))
        print(json.dumps({"step": "refine", "ready": True}), flush=True)
        code = _loop(Refinery(spark, lake, contract, project, journal), arguments, stop)
        spark.stop()
    return code


if __name__ == "__main__":
    sys.exit(main())
