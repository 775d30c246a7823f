"""
Which files each table of a layer has. A file's name says its day and run. Only the layer's owner adds and
removes files.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from contract import Table
from spark.hdfs import Hdfs
from spark.step import numbered

_day = re.compile(r"(\d{4}-\d{2}-\d{2})")

# Files are grouped into tiers by size, each tier `_alike` times larger than the one before. `_alike` files of
# one tier and day are merged into one.
_smallest_bytes = 64 * 1024
_alike = 8
# Larger files are not merged: that would delay a run.
_largest_bytes = 32 * 1024 * 1024


@dataclass(frozen=True)
class StoredFile:
    """`path` is under the lake's root, `day` an ISO date or None."""

    path: str
    day: str | None
    size: int


def target(table: Table, run: int, day: str | None, number: int) -> str:
    """Path, under the lake's root, of one of the files that a run adds to a table."""
    name = f"run-{numbered(run)}"
    if table.storage == "append":
        return f"{table.folder}/{table.cut_by}={day}/{name}-{number}.parquet"
    if table.storage == "by_day":
        return f"{table.folder}/{day}-{name}.parquet"
    if table.storage == "keys":
        return f"{table.folder}/{day}-{name}-{number}.parquet"
    if table.storage == "newest":
        return f"{table.folder}/{name}-{number}.parquet"
    return f"{table.folder}/{name}.parquet"


def _day_of(table: Table, path: str) -> str | None:
    found = _day.search(path[len(table.folder) :]) if table.cut_by else None
    return found[1] if found else None


class Stored:
    """The files of one table, listed once and kept up to date by `change`."""

    def __init__(self, hdfs: Hdfs, lake: str, table: Table) -> None:
        self.table = table
        self._files: dict[str, StoredFile] = {}
        marker = f"/{table.folder}/"
        for uri, size in hdfs.sizes_below(f"{lake}/{table.folder}").items():
            path = uri[uri.index(marker) + 1 :]
            if path.endswith(".parquet"):
                self._files[path] = StoredFile(path, _day_of(table, path), size)

    def files(self, days: Iterable[str] | None = None) -> list[StoredFile]:
        """All files, or those of the given days, in order."""
        chosen = None if days is None else set(days)
        return [file for _, file in sorted(self._files.items()) if chosen is None or file.day in chosen]

    def days(self) -> set[str]:
        return {file.day for file in self._files.values() if file.day is not None}

    def replaced_by(self, days: Iterable[str | None]) -> list[str]:
        """
        Paths of the files that are removed when a run writes files of these days; all files where a table is
        written as a whole.
        """
        if self.table.storage == "whole":
            return sorted(self._files)
        if self.table.storage == "by_day":
            return [file.path for file in self.files(day for day in days if day is not None)]
        return []

    def change(self, added: Iterable[StoredFile], removed: Iterable[str]) -> None:
        for path in removed:
            self._files.pop(path, None)
        for file in added:
            self._files[file.path] = file

    def to_merge(self) -> list[StoredFile]:
        """Files of one day and a similar, small size that should be merged; empty when they are too few."""
        alike: dict[tuple[str | None, int], list[StoredFile]] = defaultdict(list)
        for file in self.files():
            if file.size < _largest_bytes:
                tier = int(math.log(max(file.size, _smallest_bytes) / _smallest_bytes, _alike))
                alike[(file.day, tier)].append(file)
        return next((files for files in alike.values() if len(files) >= _alike), [])
