"""
Topics that were deleted and created again, or of which Kafka has lost a part, are read again from their
beginning. The switch is a batch without rows: before it, an offset of such a topic names another record than
after it.
"""

from __future__ import annotations

import sys

from contract import Paths
from kafka import Kafka
from offsets import Offsets
from rebuild_checkpoint import ends_after, rebuild_checkpoint
from record import build_switch
from spark.claim import Claim, require_newest
from spark.hdfs import Hdfs
from spark.journal import Journal
from topic_ids import Switch, TopicIds, TopicsChanged


def _end(read_until: dict[str, int]) -> str:
    if not read_until:
        return "nothing of it was read"
    places = [f"offset {offset} of partition {partition}" for partition, offset in read_until.items()]
    return f"it was read until {', '.join(places)}; what it held from there on is lost"


def _read_anew(topic_ids: TopicIds, changed: TopicsChanged, ids: dict[str, str], ends: Offsets) -> dict:
    return {
        topic: {
            "id": ids[topic],
            "wasId": topic_ids.id(topic),
            "readUntil": {
                str(partition): offset for partition, offset in sorted(ends.get(topic, {}).items())
            },
        }
        for topic in changed.topics
    }


def switch(
    kafka: Kafka,
    hdfs: Hdfs,
    paths: Paths,
    journal: Journal,
    claim: Claim,
    topic_ids: TopicIds,
    changed: TopicsChanged,
    accepted_cluster_id: str | None,
) -> None:
    """
    Records the switch and rebuilds the checkpoint. Raises Unusable when this is another Kafka cluster that
    was not accepted.
    """
    cluster_id = kafka.cluster_id()
    topic_ids.require_same_kafka(kafka.address, cluster_id, accepted_cluster_id)
    require_newest(hdfs, paths.step, claim)
    newest = journal.newest()
    ids = kafka.topic_ids(changed.topics)
    batch_id = 0 if newest is None else newest + 1
    read_anew = _read_anew(topic_ids, changed, ids, ends_after(journal, newest))
    for topic, anew in read_anew.items():
        how = (
            "was deleted and made anew" if anew["id"] != anew["wasId"] else "ends before what was read of it"
        )
        print(
            f"bronze: read anew: Kafka's topic {topic} {how}: {_end(anew['readUntil'])}. From batch {batch_id} on "
            "it is read from its beginning",
            file=sys.stderr,
            flush=True,
        )
    topic_ids.decide(Switch(batch_id, read_anew), ids, cluster_id)
    finish_switch(hdfs, paths, journal, claim, topic_ids)


def finish_switch(hdfs: Hdfs, paths: Paths, journal: Journal, claim: Claim, topic_ids: TopicIds) -> None:
    """Completes the newest switch. A process that was killed may have done any part of it already."""
    newest = journal.newest()
    if not topic_ids.switches:
        return
    last = topic_ids.switches[-1]
    if newest is None or newest < last.batch_id:
        journal.append(last.batch_id, build_switch(last), claim.staging)
    elif newest > last.batch_id:
        return
    # A batch that Spark has planned since then has offsets of the old topics.
    hdfs.remove(paths.checkpoint)
    rebuild_checkpoint(hdfs, paths, journal)
