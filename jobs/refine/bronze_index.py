"""Which files of bronze hold which event days, from the commit records alone: no file of data is opened."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone

from contract import Contract
from lake_files import LakeFiles

_single_name = re.compile(r"^(\d{12})\.json$")
_pack_name = re.compile(r"^(\d{12})-(\d{12})\.ndjson$")


@dataclass(frozen=True)
class TopicBatch:
    """What one micro-batch did with one topic. `files` are paths under the lake's root, of bronze."""

    batch: int
    topic: str
    rows_by_day: dict[date, int]
    files: tuple[str, ...]
    first_arrival: datetime | None
    last_arrival: datetime | None


def read_batches(lake: LakeFiles, contract: Contract, after: int) -> list[TopicBatch]:
    """
    The batches with records after `after`, in order. The one function that knows how bronze keeps its records: a file each,
    and older ones packed, a line each, in a file named by the first and last of them (lake/records/journal.ts).
    """
    folder = contract.paths["bronzeCommits"]
    singles, packs = [], []
    for name in lake.names(folder):
        if single := _single_name.match(name):
            singles.append((int(single[1]), f"{folder}/{name}"))
        elif pack := _pack_name.match(name):
            packs.append((int(pack[1]), int(pack[2]), f"{folder}/{name}"))
    # A record that is being packed is in both for a moment: the pack is there before its single records go.
    packed_through = max((last for _, last, _ in packs), default=-1)
    texts = [
        line
        for first, last, path in packs
        if last > after
        for line in lake.read(path).splitlines()[max(0, after + 1 - first) :]
    ]
    texts += lake.read_all(path for number, path in singles if number > max(after, packed_through))
    records = (json.loads(text) for text in texts)
    return [
        _topic_batch(record["batchId"], topic, content)
        for record in records
        for topic, content in sorted(record["topics"].items())
    ]


def _topic_batch(batch: int, topic: str, content: dict) -> TopicBatch:
    arrivals = [int(second) for second in content["arrivals"]]
    files = ("/" + path.lstrip("/") for path in content["files"])
    return TopicBatch(
        batch=batch,
        topic=topic,
        rows_by_day={date.fromisoformat(day): rows for day, rows in content["eventDays"].items()},
        files=tuple(path for path in files if path.startswith("/bronze/")),
        first_arrival=datetime.fromtimestamp(min(arrivals), timezone.utc) if arrivals else None,
        last_arrival=datetime.fromtimestamp(max(arrivals) + 1, timezone.utc) if arrivals else None,
    )


_day = timedelta(days=1)
_first_day = date(1970, 1, 1)


def _begin(day: date) -> timedelta:
    """Time from 1970 to the begin of the day: unlike a datetime it may lie beyond year 9999, where the last day ends."""
    return day - _first_day


def _time(moment: datetime) -> timedelta:
    return moment - datetime.combine(_first_day, time(), timezone.utc)


@dataclass(frozen=True)
class Limits:
    """How far event_time may be from arrival."""

    late: timedelta
    future: timedelta

    def all_rejected(self, batch: TopicBatch, day: date) -> bool:
        """Whether every row of that day in the batch is too late, or too far in the future."""
        if batch.first_arrival is None or batch.last_arrival is None:
            return False
        return (
            _begin(day) + _day <= _time(batch.first_arrival) - self.late
            or _begin(day) > _time(batch.last_arrival) + self.future
        )

    def none_rejected(self, batch: TopicBatch, day: date) -> bool:
        """Whether no row of that day in the batch can be rejected."""
        if batch.first_arrival is None or batch.last_arrival is None:
            return False
        return (
            _begin(day) >= _time(batch.last_arrival) - self.late
            and _begin(day) + _day <= _time(batch.first_arrival) + self.future
        )


@dataclass
class BronzeIndex:
    """Event day → files, by topic, of all batches added. Days whose rows are all rejected are left out."""

    limits: Limits
    _files: dict[str, dict[date, list[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )

    def add(self, batches: Iterable[TopicBatch]) -> None:
        for batch in batches:
            for day in self.accepted_days(batch):
                self._files[batch.topic][day].extend(batch.files)

    def accepted_days(self, batch: TopicBatch) -> list[date]:
        return [
            day
            for day, rows in batch.rows_by_day.items()
            if rows > 0 and not self.limits.all_rejected(batch, day)
        ]

    def days(self, topic: str) -> set[date]:
        return set(self._files.get(topic, {}))

    def files(self, topic: str, days: Iterable[date]) -> list[str]:
        by_day = self._files.get(topic, {})
        return sorted({path for day in days for path in by_day.get(day, ())})
