"""dbt in this process: it parses the project once, and runs in the Spark session that already exists."""

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

from parsed_models import ParsedModels

_shown_rows = 5

# A test that fails for more rows than this fails the whole run.
_most_broken_rows = 10_000


@dataclass(frozen=True)
class Failure:
    """
    A model or test that failed, and its message. `broken` maps the event_id of each failing row to what the
    test says of it; it is empty when the failure is not about single rows.
    """

    name: str
    message: str
    broken: dict[str, str]


@dataclass(frozen=True)
class Built:
    """
    The result of a build: tests that passed and warned, failures, and seconds by model and test, for the log.
    """

    passed: int
    warned: int
    failures: tuple[Failure, ...]
    seconds: dict[str, float]


@dataclass(frozen=True)
class Group:
    """
    Models that are built together, and what they read: the tables behind the sources `before` and `added`,
    and models of the other layer. `of_catalogue` are the models that depend on the catalogue alone.
    """

    models: tuple[str, ...]
    of_catalogue: tuple[str, ...]
    before: frozenset[str]
    added: frozenset[str]
    other_layer: frozenset[str]


def _failure(result: Any) -> Failure:
    """dbt reports only how many rows a failed test found, so the test's query is run again to read them."""
    name, said = result.node.name, (result.message or "no message").strip()
    if result.status != "fail":
        return Failure(name, said, {})
    try:
        rows = SparkSession.active().sql(result.node.compiled_code).limit(_most_broken_rows + 1).collect()
    except (Py4JError, PySparkException):
        return Failure(name, said, {})
    shown = "; ".join(
        ", ".join(f"{column}: {value}" for column, value in row.asDict().items())
        for row in rows[:_shown_rows]
    )
    texts = [row.asDict() for row in rows]
    of_rows = len(texts) <= _most_broken_rows and all(
        text.get("event_id") is not None and not str(text.get("broken", "")).endswith("is not unique")
        for text in texts
    )
    broken = {str(text["event_id"]): str(text.get("broken", name)) for text in texts} if of_rows else {}
    return Failure(name, f"{len(rows)} rows, {shown}", broken)


@dataclass(frozen=True)
class DbtFolders:
    """`target` is for what dbt writes; what it has parsed is kept in `parsed`, if given, for the next start."""

    project: Path
    target: Path
    parsed: Path | None


class DbtProject:
    """A parsed dbt project. Raises ValueError when the project has an error."""

    def __init__(self, folders: DbtFolders, layer: str, scratch: str) -> None:
        """
        `layer` is silver or gold; `scratch` is the database of the tables that only the layer's runs read.
        """
        target, variables = folders.target / layer, json.dumps({"layer": layer, "scratch": scratch})
        # By default dbt prints a banner and writes a log and JSON files; stdout is reserved for the log lines of runs.
        self._quiet = [
            "--quiet", "--no-print", "--no-write-json", "--log-level", "none", "--log-level-file", "none",
        ]  # fmt: skip
        self._layer = layer
        self._where = [
            "--project-dir", str(folders.project),
            "--profiles-dir", str(folders.project),
            "--target-path", str(target),
            "--log-path", str(target),
            "--vars", variables,
        ]  # fmt: skip
        os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
        parsed_models = ParsedModels(folders.parsed, folders.project, layer, variables)
        parsed_models.put_into(target)
        parsed = dbtRunner().invoke([*self._quiet, "parse", *self._where])
        if not parsed.success or not isinstance(parsed.result, Manifest):
            raise ValueError(f"dbt can't parse {folders.project}: {parsed.exception}")
        parsed_models.keep_from(target)
        self._manifest = parsed.result
        self._runner = dbtRunner(manifest=parsed.result)

    def group(self, name: str) -> Group:
        """The models in one folder of this layer, for example `each_run`."""
        models, of_rows, before, added, other_layer = [], set(), set(), set(), set()
        tested = {}
        for node in self._manifest.nodes.values():
            if node.resource_type == "model" and node.fqn[1:3] == [self._layer, name]:
                models.append(node.name)
                tested[node.unique_id] = node
        for node in self._manifest.nodes.values():
            of_group = node.unique_id in tested or self._is_test_of(node, tested)
            for needed in node.depends_on.nodes if of_group else ():
                parent = self._manifest.sources.get(needed) or self._manifest.nodes[needed]
                if parent.resource_type == "source" and parent.source_name in ("before", "added"):
                    of_rows.add(node.name)
                if parent.resource_type == "source" and parent.source_name == "before":
                    before.add(parent.name)
                elif parent.resource_type == "source" and parent.source_name == "added":
                    added.add(parent.name)
                elif parent.resource_type == "model" and parent.fqn[1] != self._layer:
                    other_layer.add(parent.name)
        of_catalogue = tuple(name for name in models if name not in of_rows)
        return Group(tuple(models), of_catalogue, frozenset(before), frozenset(added), frozenset(other_layer))

    def _is_test_of(self, node: Any, models: dict[str, Any]) -> bool:
        """Whether dbt runs this test with the models: it leaves out a test that needs a model built later."""
        if node.resource_type != "test" or not models.keys() & set(node.depends_on.nodes):
            return False
        parents = [self._manifest.nodes[each] for each in node.depends_on.nodes if each.startswith("model.")]
        return self._layer == "gold" or all(parent.fqn[1] == self._layer for parent in parents)

    def build(self, group: str, exclude: tuple[str, ...] = ()) -> Built:
        """Builds the models in order, each followed by its tests. What depends on a failure is not run."""
        arguments = [
            *self._quiet, "--no-version-check", "--no-populate-cache", "build", *self._where,
            "--exclude-resource-type", "unit_test",
            "--indirect-selection", "buildable",
            "--select", f"{self._layer}.{group}",
        ]  # fmt: skip
        if exclude:
            arguments += ["--exclude", *exclude]
        done = self._runner.invoke(arguments)
        if done.result is None:
            raise RuntimeError(f"dbt stopped: {done.exception}")
        results = list(done.result)
        failures = [_failure(each) for each in results if each.status in ("error", "fail", "runtime error")]
        return Built(
            passed=sum(result.status == "pass" for result in results),
            warned=sum(result.status == "warn" for result in results),
            failures=tuple(failures),
            seconds={result.node.name: round(result.execution_time, 2) for result in results},
        )
