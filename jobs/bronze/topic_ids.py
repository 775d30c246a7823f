"""
Compares the ids of Kafka's topics with those of the topics that the lake has read: the name alone does not
show that a topic was deleted and created again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from spark.hdfs import Hdfs
from spark.step import Unusable


class TopicsChanged(Exception):
    """
    Offsets of these topics name other records than the lake has read: they must be read from their beginning.
    """

    def __init__(self, topics: Iterable[str]) -> None:
        self.topics = sorted(topics)
        super().__init__(f"made anew: {', '.join(self.topics)}")


@dataclass(frozen=True)
class Switch:
    """
    From this batch on, topics are read from their beginning. lake/records/bronze.ts describes `read_anew`.
    """

    batch_id: int
    read_anew: dict[str, dict]


class TopicIds:
    """`path` holds Kafka's cluster id, the id of each topic that the lake reads, and the switches. It is read once."""

    def __init__(self, hdfs: Hdfs, path: str) -> None:
        self._hdfs, self._path = hdfs, path
        known = json.loads(hdfs.read(path)) if hdfs.exists(path) else {}
        # An earlier version kept only the topics' ids.
        known = known if "topics" in known else {"topics": known}
        self._cluster_id: str | None = known.get("clusterId")
        self._ids: dict[str, str] = known["topics"]
        self._switches = [Switch(one["batchId"], one["readAnew"]) for one in known.get("switches", [])]

    @property
    def switches(self) -> list[Switch]:
        """Ascending."""
        return self._switches

    def id(self, topic: str) -> str | None:
        return self._ids.get(topic)

    def require_same(self, ids: Mapping[str, str]) -> None:
        """Raises TopicsChanged when a topic's id differs from the one that the lake knows."""
        changed = [topic for topic, id_ in ids.items() if self._ids.get(topic, id_) != id_]
        if changed:
            raise TopicsChanged(changed)

    def keep(self, ids: Mapping[str, str], cluster_id: str) -> None:
        """Stores these ids as the lake's. Raises TopicsChanged as `require_same` does."""
        self.require_same(ids)
        if self._ids != {**self._ids, **ids} or self._cluster_id != cluster_id:
            self._store(ids, cluster_id)

    def require_same_kafka(self, address: str, cluster_id: str, accepted: str | None) -> None:
        """Raises Unusable when this Kafka is neither the one that the lake has read nor the accepted one."""
        if cluster_id not in (self._cluster_id, accepted):
            raise Unusable(
                f"Kafka at {address} is not the one that this lake has read (its cluster id is {cluster_id}, and was "
                f"{self._cluster_id or 'not kept yet'}), and has other topics of the same names. If --kafka is wrong, correct it. "
                f"If the lake is to go on with the records of this one, say --accept-kafka {cluster_id}."
            )

    def decide(self, switch: Switch, ids: Mapping[str, str], cluster_id: str) -> None:
        """Stores the switch and the new ids: from here on the topics will be read from their beginning."""
        self._switches = [*self._switches, switch]
        self._store(ids, cluster_id)

    def _store(self, ids: Mapping[str, str], cluster_id: str) -> None:
        self._ids, self._cluster_id = {**self._ids, **ids}, cluster_id
        switches = [{"batchId": one.batch_id, "readAnew": one.read_anew} for one in self._switches]
        known = {"clusterId": cluster_id, "topics": self._ids, "switches": switches}
        self._hdfs.replace(self._path, json.dumps(known, indent=2, sort_keys=True))
