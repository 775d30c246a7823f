"""Which offsets a batch covers, from Spark's checkpoint, which is written before the batch begins."""

from __future__ import annotations

import json

from spark.hdfs import Hdfs
from topic_ids import TopicsChanged

# topic -> partition -> offset
Offsets = dict[str, dict[int, int]]
# topic -> partition -> (from, until)
Ranges = dict[str, dict[int, tuple[int, int]]]


def _offsets(text: str) -> Offsets:
    return {
        topic: {int(partition): int(offset) for partition, offset in partitions.items()}
        for topic, partitions in json.loads(text).items()
    }


def logged_batches(hdfs: Hdfs, checkpoint: str) -> list[int]:
    """Numbers of the batches whose offsets are in the checkpoint, ascending; Spark keeps the newest hundred or so."""
    return sorted(int(name) for name in hdfs.names(f"{checkpoint}/offsets") if name.isdigit())


def end_offsets(hdfs: Hdfs, checkpoint: str, batch_id: int) -> Offsets:
    """The end of the batch in each partition: the first offset that it does not read."""
    return _offsets(hdfs.read(f"{checkpoint}/offsets/{batch_id}").splitlines()[2])


def start_offsets(hdfs: Hdfs, checkpoint: str, batch_id: int) -> Offsets:
    """
    The first offset that the batch reads of each partition; a partition that is new in it is missing here.
    """
    if batch_id > 0:
        return end_offsets(hdfs, checkpoint, batch_id - 1)
    initial = f"{checkpoint}/sources/0/0"
    return _offsets(hdfs.read(initial).splitlines()[1])


def ranges(starts: Offsets, ends: Offsets, found: Offsets) -> Ranges:
    """
    The (from, until) offsets of each partition of which the batch reads anything. A partition that is new in
    the batch is read from its beginning: from the first offset that was `found` in it.

    Raises TopicsChanged when a partition ends before an offset that was already read.
    """
    read: Ranges = {}
    shorter: set[str] = set()
    for topic, partitions in sorted(ends.items()):
        for partition, until in sorted(partitions.items()):
            first = starts.get(topic, {}).get(partition, found.get(topic, {}).get(partition, until))
            if until < first:
                shorter.add(topic)
            if until > first:
                read.setdefault(topic, {})[partition] = (first, until)
    if shorter:
        raise TopicsChanged(shorter)
    return read
