"""
The commit records on HDFS: one file per run, and older records in packs of many. jobs/hdfs/journal.ts reads
both. A pack is named by its first and last number, and has one record per line, in order and without a gap.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from spark.hdfs import Hdfs, HdfsError
from spark.step import Step, numbered

_single = ".json"
_pack = ".ndjson"

# Records in a pack. It is made only when as many newer records are single files.
pack_size = 1_000


@dataclass(frozen=True)
class Pack:
    first: int
    last: int
    path: str


class Journal:
    def __init__(self, hdfs: Hdfs, step: Step) -> None:
        self._hdfs, self._folder = hdfs, step.commits
        self._packs: list[Pack] | None = None

    def path(self, number: int) -> str:
        return f"{self._folder}/{numbered(number)}{_single}"

    def pack_path(self, first: int, last: int) -> str:
        name = f"{numbered(first)}-{numbered(last)}{_pack}"
        return f"{self._folder}/{name}"

    def _list(self) -> tuple[list[int], list[Pack]]:
        singles, packs = [], []
        for name in self._hdfs.names(self._folder):
            if name.endswith(_single) and name.removesuffix(_single).isdigit():
                singles.append(int(name.removesuffix(_single)))
            elif name.endswith(_pack):
                first, _, last = name.removesuffix(_pack).partition("-")
                if first.isdigit() and last.isdigit():
                    packs.append(Pack(int(first), int(last), f"{self._folder}/{name}"))
        self._packs = sorted(packs, key=lambda pack: pack.first)
        return sorted(singles), self._packs

    def _pack_with(self, number: int) -> Pack | None:
        """
        The pack that holds the record, from the last listing or a new one: the step's owner, which may be
        another process, may have packed records since.
        """
        for packs in (self._packs or [], None):
            for pack in self._list()[1] if packs is None else packs:
                if pack.first <= number <= pack.last:
                    return pack
        return None

    def newest(self) -> int | None:
        """Number of the newest record, or None."""
        singles, packs = self._list()
        return max([*singles[-1:], *(pack.last for pack in packs[-1:])], default=None)

    def numbers(self) -> set[int]:
        singles, packs = self._list()
        return set(singles).union(*(range(pack.first, pack.last + 1) for pack in packs))

    def has(self, number: int) -> bool:
        if self._hdfs.exists(self.path(number)):
            return True
        return self._pack_with(number) is not None

    def read(self, number: int) -> dict:
        if self._hdfs.exists(self.path(number)):
            return json.loads(self._hdfs.read(self.path(number)))
        pack = self._pack_with(number)
        if pack is None:
            raise LookupError(f"{self._folder} has no record of run {number}")
        return json.loads(self._hdfs.read(pack.path).splitlines()[number - pack.first])

    def read_after(self, after: int) -> list[dict]:
        """All records with a greater number, in order."""
        try:
            return list(self.each_after(after))
        except HdfsError:
            # The step's owner has packed records after they were listed.
            return list(self.each_after(after))

    def each_after(self, after: int) -> Iterator[dict]:
        """
        Like `read_after`, one record at a time. Only for the step's owner: no other process packs meanwhile.
        """
        singles, packs = self._list()
        for pack in packs:
            if pack.last > after:
                lines = self._hdfs.read(pack.path).splitlines()
                yield from map(json.loads, lines[max(0, after + 1 - pack.first) :])
        # A record is in both for a moment: a pack appears before its single records are removed.
        packed = max((pack.last for pack in packs), default=-1)
        paths = [self.path(number) for number in singles if number > max(after, packed)]
        with ThreadPoolExecutor(max_workers=8) as pool:
            yield from map(json.loads, pool.map(self._hdfs.read, paths))

    def append(self, number: int, record: dict, staging: str) -> None:
        """
        Adds a record atomically. Raises HdfsError when there is one of that number, or `staging` is fenced.
        """
        staged = f"{staging}/record{_single}"
        self._hdfs.remove(staged)
        self._hdfs.create(staged, json.dumps(record, separators=(",", ":")))
        self._hdfs.make_folder(self._folder)
        self._hdfs.rename(staged, self.path(number))

    def compact(self, staging: str) -> Pack | None:
        """
        Packs the oldest single records when there are enough. The pack appears whole before they are removed,
        so that a reader that misses one finds it in the pack. `staging` is this process's own staging folder.
        """
        singles, packs = self._list()
        packed = max((pack.last for pack in packs), default=-1)
        start = bisect_left(singles, packed + 1)
        # Left by a process that was killed after it made a pack.
        for number in singles[:start]:
            self._hdfs.remove(self.path(number))
        loose = singles[start:]
        if len(loose) < 2 * pack_size:
            return None
        chosen = loose[:pack_size]
        if chosen[-1] - chosen[0] != pack_size - 1:
            # Records are missing in between. They are packed once rebuild-commits has restored them.
            return None
        lines = [self._hdfs.read(self.path(number)).strip() for number in chosen]
        pack = Pack(chosen[0], chosen[-1], self.pack_path(chosen[0], chosen[-1]))
        staged = f"{staging}/pack{_pack}"
        self._hdfs.remove(staged)
        self._hdfs.create(staged, "\n".join(lines) + "\n")
        self._hdfs.rename(staged, pack.path)
        self._packs = None
        for number in chosen:
            self._hdfs.remove(self.path(number))
        return pack
