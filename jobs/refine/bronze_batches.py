"""What bronze has committed, read from its commit records alone: no data file is opened."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timezone

from contract import Contract
from spark.hdfs import Hdfs
from spark.journal import Journal
from spark.step import step

# Limits of one run: its rows, and the days between its first and last arrival. A lake that is rebuilt takes
# many runs instead of one large one.
_most_rows = 2_000_000
_most_days = 1


@dataclass(frozen=True)
class Batch:
    """
    One micro-batch of bronze. `rows` counts its rows in bronze, by topic; `files` are the files that hold
    them, by topic, as paths under the lake's root.
    """

    number: int
    rows: Counter[str]
    files: dict[str, tuple[str, ...]]
    first_arrival: date | None
    last_arrival: date | None
    reads_topics_anew: bool


def _batch(record: dict) -> Batch:
    seconds = [int(second) for topic in record["topics"].values() for second in topic["arrivals"]]

    def day(second: int) -> date:
        return datetime.fromtimestamp(second, timezone.utc).date()

    return Batch(
        number=record["batchId"],
        rows=Counter({name: topic["bronzeRows"] for name, topic in record["topics"].items()}),
        files={
            name: tuple(path for path in topic["files"] if path.lstrip("/").startswith("bronze/"))
            for name, topic in record["topics"].items()
        },
        first_arrival=day(min(seconds)) if seconds else None,
        last_arrival=day(max(seconds)) if seconds else None,
        reads_topics_anew="readAnew" in record,
    )


@dataclass(frozen=True)
class NewBatches:
    """Consecutive batches, and their totals."""

    batches: tuple[Batch, ...]

    def through(self, watermark: int) -> int:
        """The number of the newest batch, or `watermark` when there is no batch."""
        return self.batches[-1].number if self.batches else watermark

    @property
    def rows(self) -> Counter[str]:
        return sum((batch.rows for batch in self.batches), Counter())

    def files(self, topic: str) -> list[str]:
        return [path for batch in self.batches for path in batch.files.get(topic, ())]

    @property
    def arrival_days(self) -> list[date]:
        return [
            day
            for batch in self.batches
            for day in (batch.first_arrival, batch.last_arrival)
            if day is not None
        ]


class BronzeBatches:
    """Reads bronze's commit records, each of them once."""

    def __init__(self, hdfs: Hdfs, lake: str, contract: Contract) -> None:
        folders = {"commits": contract.paths["bronzeCommits"], "claims": "", "decided": "", "staging": ""}
        self._journal = Journal(hdfs, step("bronze", lake, folders))
        self._read: list[Batch] = []

    def after(self, watermark: int, until: int | None) -> NewBatches | None:
        """The batches after the watermark, up to `until`, that one run takes; None when there are none."""
        self._read = [batch for batch in self._read if batch.number > watermark]
        read_through = self._read[-1].number if self._read else watermark
        self._read += [_batch(record) for record in self._journal.read_after(read_through)]
        chosen: list[Batch] = []
        rows, first_day = 0, None
        for batch in self._read:
            if until is not None and batch.number > until:
                break
            # From such a batch on, an offset of the topic names another record than before: a run that took
            # both would find two rows with one key.
            if chosen and batch.reads_topics_anew:
                break
            rows += sum(batch.rows.values())
            first_day = first_day or batch.first_arrival
            spans = (batch.last_arrival - first_day).days if first_day and batch.last_arrival else 0
            if chosen and (rows > _most_rows or spans > _most_days):
                break
            chosen.append(batch)
        return NewBatches(tuple(chosen)) if chosen else None
