"""dbt in this process: the project is parsed once, and runs in the Spark session that is here already."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dbt.cli.main import dbtRunner
from dbt.contracts.graph.manifest import Manifest
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

_shown_rows = 5


@dataclass(frozen=True)
class Failure:
    """A model or test that failed, and what it said."""

    name: str
    message: str


@dataclass(frozen=True)
class Built:
    """What a run of models and tests gave. `seconds` by model and test, for the log."""

    passed: int
    warned: int
    failures: tuple[Failure, ...]
    seconds: dict[str, float]


def _message(result: Any) -> str:
    """dbt tells how many rows a failed test found; what is broken stands in the rows."""
    said = (result.message or "no message").strip()
    if result.status != "fail":
        return said
    try:
        rows = SparkSession.active().sql(result.node.compiled_code).limit(_shown_rows).collect()
    except (Py4JError, PySparkException):
        return said
    return "; ".join(", ".join(f"{name}: {value}" for name, value in row.asDict().items()) for row in rows)


class DbtProject:
    """Raises ValueError when the project has an error."""

    def __init__(self, folder: Path, target: Path) -> None:
        # dbt prints its banner and writes a log file unless told otherwise; stdout is for the records of runs.
        self._quiet = ["--quiet", "--no-print", "--log-level", "none", "--log-level-file", "none"]
        self._where = [
            "--project-dir", str(folder),
            "--profiles-dir", str(folder),
            "--target-path", str(target),
            "--log-path", str(target),
        ]  # fmt: skip
        os.environ.setdefault("DBT_SEND_ANONYMOUS_USAGE_STATS", "false")
        parsed = dbtRunner().invoke([*self._quiet, "parse", *self._where])
        if not parsed.success or not isinstance(parsed.result, Manifest):
            raise ValueError(f"dbt can't parse {folder}: {parsed.exception}")
        self._runner = dbtRunner(manifest=parsed.result)

    def build(
        self, variables: dict[str, Any], exclude: tuple[str, ...], select: tuple[str, ...] = ()
    ) -> Built:
        """Models in order, each followed by its tests; what depends on a failure is not run."""
        arguments = [
            *self._quiet, "--no-write-json", "--no-version-check", "--no-populate-cache", "build", *self._where,
            "--vars", json.dumps(variables),
            "--exclude-resource-type", "unit_test",
        ]  # fmt: skip
        if exclude:
            arguments += ["--exclude", *exclude]
        if select:
            arguments += ["--select", *select]
        done = self._runner.invoke(arguments)
        if done.result is None:
            raise RuntimeError(f"dbt stopped: {done.exception}")
        results = list(done.result)
        failures = [
            Failure(result.node.name, _message(result))
            for result in results
            if result.status in ("error", "fail", "runtime error")
        ]
        return Built(
            passed=sum(result.status == "pass" for result in results),
            warned=sum(result.status == "warn" for result in results),
            failures=tuple(failures),
            seconds={result.node.name: round(result.execution_time, 2) for result in results},
        )
