"""Which rows of silver a run of gold reads: those in silver's records after a watermark."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

# A day with at least this share of a run's new rows is merged at once; the other days wait for the late
# merge.
_hot_share = 0.05


@dataclass(frozen=True)
class NewFiles:
    """Files that silver has added, by table and day, and the rows in them. Paths are under the lake's root."""

    by_table: dict[str, dict[str, list[str]]]
    row_counts: Counter[str]

    def rows(self, tables: Iterable[str]) -> int:
        return sum(self.row_counts[table] for table in tables)

    def of(self, table: str) -> list[str]:
        return [path for paths in self.by_table.get(table, {}).values() for path in paths]

    @property
    def days(self) -> set[str]:
        return {day for by_day in self.by_table.values() for day in by_day}


def hot_days(record: dict[str, Any]) -> set[str]:
    """
    The days that have nearly all rows of a run of silver, and every day after the fullest one: shortly after
    midnight the new day has few rows, but they are the newest.
    """
    rows: Counter[str] = Counter()
    for by_day in record["rows"].values():
        rows.update(by_day)
    if not rows:
        return set()
    fullest = max(rows, key=lambda day: (rows[day], day))
    return {day for day, count in rows.items() if count >= _hot_share * rows.total() or day > fullest}


def new_files(records: list[dict[str, Any]], late_after: int | None, hot_after: int) -> NewFiles:
    """
    The files to merge, from silver's records: those of hot days in runs after `hot_after`, and those of other
    days in runs after `late_after`, or none of these where that is None.
    """
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows: Counter[str] = Counter()
    retired = {path: place for record in records for path, place in record["retired"].items()}
    for record in records:
        hot = hot_days(record)
        for table, by_day in record["added"].items():
            for day, paths in by_day.items():
                after = hot_after if day in hot else late_after
                if after is not None and record["run"] > after:
                    rows[table] += record["rows"][table][day]
                    found[table][day] += [retired.get(path, path) for path in paths]
    return NewFiles({table: dict(by_day) for table, by_day in found.items()}, rows)


def pending_days(records: list[dict[str, Any]], late_after: int) -> set[str]:
    """Days that got rows in a run after the late watermark and were not hot in it: the late merge is due."""
    return {
        day
        for record in records
        if record["run"] > late_after
        for day in {day for by_day in record["added"].values() for day in by_day} - hot_days(record)
    }
