"""What a run has staged: the files of each table, the rows in each, and where they go in the lake."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from pyspark.sql import SparkSession

from contract import Contract, Table
from spark.commit import Run
from spark.hdfs import Hdfs
from stored import StoredFile, target

_partition = re.compile(r"/[a-z_]+=(\d{4}-\d{2}-\d{2})/")


@dataclass(frozen=True)
class StagedFile:
    """`path` is below the run's rows; `day` is an ISO date, None where the table has no days."""

    table: Table
    path: str
    day: str | None
    size: int
    rows: int


def _count_rows(session: SparkSession, paths: Iterable[str]) -> list[int]:
    """Rows of Parquet files, from their footers."""
    jvm, conf = session._jvm, session._jsc.hadoopConfiguration()
    # Classes are found once: to find one, py4j looks for each part of its name in every jar.
    path_class, parquet = jvm.org.apache.hadoop.fs.Path, jvm.org.apache.parquet.hadoop
    input_file, open_file = parquet.util.HadoopInputFile, parquet.ParquetFileReader.open

    def count(path: str) -> int:
        reader = open_file(input_file.fromPath(path_class(path), conf))
        try:
            return reader.getRecordCount()
        finally:
            reader.close()

    with ThreadPoolExecutor(max_workers=4) as pool:
        return list(pool.map(count, paths))


def staged_files(session: SparkSession, hdfs: Hdfs, run: Run, contract: Contract) -> list[StagedFile]:
    """The staged files that have rows; of a table that is written as a whole, an empty file too."""
    sizes = {path: size for path, size in hdfs.sizes_below(run.rows).items() if path.endswith(".parquet")}
    counts = _count_rows(session, sizes)
    by_folder = {table.folder: table for table in contract.tables}
    found = []
    for (path, size), rows in zip(sizes.items(), counts, strict=True):
        below = run.path_below_rows(path)
        table = by_folder["/".join(below.split("/")[:2])]
        day = _partition.search(below)
        if rows > 0 or table.storage == "whole":
            found.append(StagedFile(table, below, day[1] if day else None, size, rows))
    return found


@dataclass(frozen=True)
class Placement:
    """
    `adds` maps each staged file, by its path below the run's rows, to its target under the lake's root.
    `files` and `rows` are by model; rows also by day, or by None where a table has no days.
    """

    adds: dict[str, str]
    files: dict[str, list[StoredFile]]
    rows: dict[str, Counter[str | None]]

    def as_table(self, model: str, table: Table) -> Placement:
        """The same placement, with the files of `model` going to `table`, which has the same columns."""
        adds = {
            staged: target.replace(f"{table.layer}/{model}/", f"{table.folder}/")
            for staged, target in self.adds.items()
        }
        files, rows = dict(self.files), dict(self.rows)
        if model in files:
            moved = files.pop(model)
            files[table.model] = [
                StoredFile(
                    file.path.replace(f"{table.layer}/{model}/", f"{table.folder}/"), file.day, file.size
                )
                for file in moved
            ]
            rows[table.model] = rows.pop(model)
        return Placement(adds, files, rows)

    def days(self, model: str) -> list[str]:
        return sorted(day for day in self.rows.get(model, ()) if day is not None)

    def total(self, model: str) -> int:
        return sum(self.rows.get(model, Counter()).values())


def place(staged: Iterable[StagedFile], run: int) -> Placement:
    """Assigns a target to each staged file. Raises ValueError when two files would get the same one."""
    adds: dict[str, str] = {}
    files: dict[str, list[StoredFile]] = defaultdict(list)
    rows: dict[str, Counter[str | None]] = defaultdict(Counter)
    for file in staged:
        number = sum(other.day == file.day for other in files[file.table.model])
        path = target(file.table, run, file.day, number)
        if path in adds.values():
            raise ValueError(
                f"{file.path}: {path} is staged twice, a day of {file.table.name} must be one file"
            )
        adds[file.path] = path
        files[file.table.model].append(StoredFile(path, file.day, file.size))
        rows[file.table.model][file.day] += file.rows
    return Placement(adds, files, rows)
