"""Runs dbt's unit tests in one Spark session, on the lake's tables, which are empty. Prints one line of JSON a test."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

_root = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(_root / "jobs" / "refine"))

from dbt.cli.main import dbtRunner

from contract import read_contract
from lake_files import LakeFiles
from session import start_session
from tables import attach_tables

_settings = {
    "spark.sql.shuffle.partitions": "1",
    # The plans are large and the rows few: interpreting is faster than compiling.
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
}


def main(folder: str, words: list[str]) -> int:
    given = dict(word.split("=", 1) for word in words)
    session = start_session(f"file://{folder}/lake", _settings | given)
    contract = read_contract()
    attach_tables(session, LakeFiles(session, f"file://{folder}/lake"), contract)
    for topic, described in contract.topics.items():
        session.createDataFrame([], described.columns).createOrReplaceGlobalTempView(f"bronze_{topic}")
    for name, described in contract.reference.items():
        session.createDataFrame([], described.columns).createOrReplaceGlobalTempView(f"reference_{name}")
    project = _root / "jobs" / "dbt"
    os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
    done = dbtRunner().invoke([
        "--quiet", "--no-print", "--log-level", "none", "--log-level-file", "none",
        "--no-write-json", "--no-version-check",
        "test", "--select", "test_type:unit",
        "--project-dir", str(project), "--profiles-dir", str(project),
        "--target-path", f"{folder}/target", "--log-path", f"{folder}/target",
    ])  # fmt: skip
    if done.result is None:
        print(f"dbt stopped: {done.exception}", file=sys.stderr)
        return 1
    for result in done.result:
        line = {
            "name": result.node.name,
            "model": result.node.fqn[-2] if len(result.node.fqn) > 1 else "",
            "status": str(result.status),
            "message": (result.message or "").strip(),
            "seconds": round(result.execution_time, 2),
        }
        print(json.dumps(line), flush=True)
    session.stop()
    return 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="dbt-unit-") as made:
        sys.exit(main(made, sys.argv[1:]))
