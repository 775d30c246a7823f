"""The views that the models read: new rows, earlier rows, and what the driver knows."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from functools import reduce

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import StructType

from contract import Contract, Table
from spark.hdfs import Hdfs


class MissingReference(Exception):
    """A catalogue is not published yet."""


class Views:
    def __init__(self, session: SparkSession, hdfs: Hdfs, lake: str, contract: Contract) -> None:
        self._session, self._hdfs, self._lake, self._contract = session, hdfs, lake, contract
        self._catalogues: dict[str, tuple[str, DataFrame]] = {}
        self._run: DataFrame | None = None

    def _rows(self, columns: str, paths: Iterable[str], *more: str) -> DataFrame:
        """
        The rows of files (paths under the lake's root) with `columns` (DDL) and `more` (SQL expressions). A
        column that an old file lacks is null in its rows; a partition column is read from the path.
        """
        by_folder: dict[str, list[str]] = defaultdict(list)
        for path in paths:
            folders = path.lstrip("/").split("/")[:-1]
            table = "/".join(folder for folder in folders if "=" not in folder)
            by_folder[f"{self._lake}/{table}"].append(f"{self._lake}/{path.lstrip('/')}")
        reader = self._session.read.schema(columns)
        names = StructType.fromDDL(columns).names
        rows = [
            reader.option("basePath", folder).parquet(*files).selectExpr(*names, *more)
            for folder, files in by_folder.items()
        ]
        return reduce(DataFrame.unionAll, rows)

    def _empty(self, columns: str) -> DataFrame:
        """No rows. createDataFrame is not used because it starts Python workers."""
        fields = StructType.fromDDL(columns).fields
        return self._session.range(0).selectExpr(
            *(f"cast(null as {field.dataType.simpleString()}) as {field.name}" for field in fields)
        )

    def _of_texts(self, column: str, texts: Iterable[str]) -> DataFrame:
        """One row for each text; `column` is SQL over `text`."""
        rows = "select explode(from_json(:texts, 'array<string>')) as text"
        return self._session.sql(rows, args={"texts": json.dumps(list(texts))}).selectExpr(column)

    def bronze(self, topic: str, paths: list[str], waiting: list[str]) -> None:
        """Registers a topic's new rows, together with those of `waiting`: files of the same columns."""
        columns = self._contract.topics[topic].columns
        batch = "cast(regexp_extract(_metadata.file_name, 'batch-([0-9]+)-', 1) as bigint) as bronze_batch"
        all_columns = f"{columns}, bronze_batch bigint"
        rows = self._rows(columns, paths, batch) if paths else self._empty(all_columns)
        if waiting:
            rows = rows.unionAll(self._rows(all_columns, waiting))
        rows.createOrReplaceGlobalTempView(f"bronze_{topic}")

    def table(self, name: str, table: Table, paths: Iterable[str]) -> None:
        files = list(paths)
        rows = self._rows(table.columns, files) if files else self._empty(table.columns)
        rows.createOrReplaceGlobalTempView(name)

    def run(self, number: int, started_at: str) -> None:
        """A view in memory: with literals in their text, statements would be compiled anew at each run."""
        row = self._session.sql(f"select {number}L as run, timestamp'{started_at}' as started_at").persist()
        row.createOrReplaceGlobalTempView("driver_run")
        if self._run is not None:
            self._run.unpersist()
        self._run = row

    def transaction_days(self, days: list[str]) -> None:
        rows = self._of_texts("cast(text as date) as event_date", days)
        rows.createOrReplaceGlobalTempView("driver_transaction_days")

    def set_aside(self, details: dict[str, str]) -> None:
        """Registers the events that a test refused. `details` maps an event_id to what the test said."""
        if details:
            pairs = [json.dumps({"event_id": event, "detail": said}) for event, said in details.items()]
            rows = self._of_texts(
                "from_json(text, 'event_id string, detail string') as pair", pairs
            ).selectExpr("pair.*")
        else:
            rows = self._empty("event_id string, detail string")
        rows.createOrReplaceGlobalTempView("driver_set_aside")

    def reference(self) -> str:
        """
        Registers views of the catalogues. Returns a fingerprint that changes when one of them is published
        again.

        Raises MissingReference when one is not there.
        """
        fingerprints = []
        for name, described in self._contract.reference.items():
            path = f"{self._lake}{described.path}/part-0.json"
            fingerprint = self._hdfs.fingerprint(path)
            if fingerprint is None:
                raise MissingReference(f"no catalogue {path}: EventSim publishes it")
            fingerprints.append(f"{name} {fingerprint}")
            known, rows = self._catalogues.get(name, (None, None))
            if known == fingerprint:
                continue
            if rows is not None:
                rows.unpersist()
            rows = self._session.read.schema(described.columns).json(path).persist()
            rows.createOrReplaceGlobalTempView(f"reference_{name}")
            self._catalogues[name] = (fingerprint, rows)
        return ", ".join(fingerprints)
