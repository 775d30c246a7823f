"""Runs dbt's unit tests in one Spark session, on a lake that is empty. Prints one line of JSON a test."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

_root = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(_root / "jobs" / "refine"), str(_root / "jobs")]

from dbt.cli.main import dbtRunner, dbtRunnerResult
from pyspark.sql import SparkSession

from catalog import attach_scratch, attach_staging
from contract import Contract, read_contract
from session import start_session
from spark.hdfs import Hdfs
from views import Views

_settings = {
    "spark.sql.shuffle.partitions": "1",
    # The plans are large and the rows few: interpreting is faster than compiling.
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
}


def _attach_all(session: SparkSession, contract: Contract, folder: str) -> None:
    """All that a model may read, without rows: a unit test takes the columns of its inputs from there."""
    lake = f"file://{folder}/lake"
    attach_staging(session, list(contract.tables), lake)
    attach_scratch(session, "silver", f"{lake}/scratch")
    views = Views(session, Hdfs(session, lake), lake, contract)
    for topic in contract.topics:
        views.bronze(topic, [], [])
    for table in contract.tables:
        views.table(f"before_{table.model}", table, [])
        views.table(f"added_{table.model}", table, [])
    for described in contract.reference.values():
        path = Path(f"{folder}/lake{described.path}/part-0.json")
        path.parent.mkdir(parents=True)
        path.touch()
    views.reference()
    views.run(0, "1970-01-01 00:00:00")
    views.transaction_days([])
    views.set_aside({})


class _Dbt:
    """Layer is silver throughout: gold's models read silver's by other names then, of the same columns."""

    def __init__(self, folder: str) -> None:
        project = str(_root / "jobs" / "dbt")
        os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
        self._quiet = ["--quiet", "--no-print", "--log-level", "none", "--log-level-file", "none"]
        self._where = [
            "--project-dir", project, "--profiles-dir", project,
            "--target-path", f"{folder}/target", "--log-path", f"{folder}/target",
        ]  # fmt: skip
        parsed = dbtRunner().invoke([*self._quiet, "parse", *self._where])
        self._error = parsed.exception
        self._runner = dbtRunner(manifest=parsed.result)

    def invoke(self, *command: str) -> dbtRunnerResult:
        """Raises RuntimeError when dbt could not begin."""
        if self._error is None:
            arguments = [*self._quiet, "--no-write-json", "--no-version-check", "--no-populate-cache"]
            done = self._runner.invoke([*arguments, *command, *self._where])
            if done.result is not None:
                return done
            self._error = done.exception
        raise RuntimeError(f"dbt stopped: {self._error}")


def main(folder: str) -> None:
    session = start_session(_settings)
    _attach_all(session, read_contract(), folder)
    dbt = _Dbt(folder)
    # What they give has the columns that those who read them expect.
    for model in dbt.invoke("run", "--select", "config.materialized:scratch").result:
        if model.status != "success":
            raise RuntimeError(f"{model.node.name}: {model.message}")
    for result in dbt.invoke("test", "--select", "test_type:unit").result:
        line = {
            # unit_test.lake.<model>.<name>
            "test": result.node.unique_id.split(".", 2)[2],
            "status": str(result.status),
            "message": (result.message or "").strip(),
            "seconds": round(result.execution_time, 2),
        }
        print(json.dumps(line), flush=True)
    session.stop()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="dbt-unit-") as made:
        main(made)
