"""Holds Kafka's topics against those that the lake's offsets are of: a name alone does not tell a topic that was made anew."""

from __future__ import annotations

import json
from collections.abc import Mapping

from spark.hdfs import Hdfs
from spark.step import Unusable


class TopicIds:
    """`path` holds the id of each topic as it was when the lake first read it; it is read once."""

    def __init__(self, hdfs: Hdfs, path: str) -> None:
        self._hdfs, self._path = hdfs, path
        self._known: dict[str, str] = json.loads(hdfs.read(path)) if hdfs.exists(path) else {}

    def require_same(self, ids: Mapping[str, str]) -> None:
        """A topic that is not known yet is added. Raises Unusable when a topic has another id."""
        known = self._known
        for topic, id_ in sorted(ids.items()):
            if known.get(topic, id_) != id_:
                raise Unusable(
                    f"Kafka's topic {topic} is not the one that this lake has read (its id is {id_}, and was {known[topic]}): "
                    "it was deleted and made anew. One lake holds one topic's records: start another lake (npm start -- --fresh, "
                    f"or another --lake) for those of the new one. If they are the same records at the same offsets, remove {self._path}."
                )
        if known != {**known, **ids}:
            self._known = {**known, **ids}
            self._hdfs.replace(self._path, json.dumps(self._known, indent=2, sort_keys=True))
