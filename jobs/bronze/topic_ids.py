"""Holds Kafka's topics against those that the lake's offsets are of: a name alone does not tell a topic that was made anew."""

from __future__ import annotations

import json
from collections.abc import Mapping

from spark.hdfs import Hdfs
from spark.step import Unusable


def require_same_topics(hdfs: Hdfs, path: str, ids: Mapping[str, str]) -> None:
    """
    `path` holds the id of each topic as it was when the lake first read it; a topic that is not in it is added.

    Raises Unusable when a topic has another id.
    """
    known: dict[str, str] = json.loads(hdfs.read(path)) if hdfs.exists(path) else {}
    for topic, id_ in sorted(ids.items()):
        if known.get(topic, id_) != id_:
            raise Unusable(
                f"Kafka's topic {topic} is not the one that this lake has read (its id is {id_}, and was {known[topic]}): "
                "it was deleted and made anew. One lake holds one topic's records: start another lake (npm start -- --fresh, "
                f"or another --lake) for those of the new one. If they are the same records at the same offsets, remove {path}."
            )
    if known != {**known, **ids}:
        hdfs.replace(path, json.dumps({**known, **ids}, indent=2, sort_keys=True))
