"""Reports partitions that wait for an open transaction: readers get nothing behind it until it ends."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress

from kafka import Held, Kafka, Place
from spark.hdfs import Hdfs

# Transactions are normally open for a moment: one is reported when the next look still finds it.
_look_every_seconds = 10.0


class HeldWatch(threading.Thread):
    """
    Keeps the file `path` on HDFS while a partition waits; prints to stderr when one starts and stops waiting.
    """

    def __init__(self, kafka: Kafka, hdfs: Hdfs, path: str, topics: Iterable[str]) -> None:
        super().__init__(name="held-watch", daemon=True)
        self._kafka, self._hdfs, self._path, self._topics = kafka, hdfs, path, list(topics)
        self._ending = threading.Event()
        self._seen: dict[Place, Held] = {}
        self._told: dict[Place, int] = {}

    def end(self, within_seconds: float) -> None:
        """
        Ends the watch. A look that takes longer than this is abandoned: the thread ends with its process.
        """
        self._ending.set()
        self.join(within_seconds)

    def run(self) -> None:
        # The file of an earlier process may be outdated: the first look removes it.
        while not self._ending.wait(_look_every_seconds):
            # When Kafka, HDFS or the JVM is away, bronze itself reports it.
            with suppress(Exception):
                self._look()

    def _look(self) -> None:
        held = self._kafka.held(self._topics)
        before, self._seen = self._seen, held
        waiting = {
            place: one
            for place, one in held.items()
            if place in before and before[place].offset == one.offset
        }
        for (topic, partition), one in sorted(waiting.items()):
            if self._told.get((topic, partition)) != one.offset:
                _say(
                    f"waits: {topic} partition {partition}: a transaction is open from offset {one.offset} on"
                )
        for topic, partition in sorted(self._told.keys() - waiting.keys()):
            _say(f"{topic} partition {partition} waits for no transaction any more")
        self._told = {place: one.offset for place, one in waiting.items()}
        if not waiting:
            self._remove()
            return
        partitions = [
            {
                "topic": topic,
                "partition": partition,
                "offset": one.offset,
                "offsetsBehind": one.until - one.offset,
            }
            for (topic, partition), one in sorted(waiting.items())
        ]
        self._hdfs.replace(self._path, json.dumps({"partitions": partitions}))

    def _remove(self) -> None:
        if self._hdfs.exists(self._path):
            self._hdfs.remove(self._path)


def _say(text: str) -> None:
    print(f"bronze: {text}", file=sys.stderr, flush=True)
