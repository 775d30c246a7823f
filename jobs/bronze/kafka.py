"""What bronze asks Kafka directly. Spark reads the records."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from py4j.protocol import Py4JJavaError
from pyspark.sql import SparkSession

from spark.step import Unusable

_client_prefix = "kafka."
_look_every_seconds = 1.0
_answer_within_milliseconds = 5_000
# A broker that restarts answers within this time, so that no batch fails because of it.
_restart_within_milliseconds = 60_000
# Errors that waiting does not mend, and the advice for each.
_refusals = {
    "SaslAuthenticationException": (
        "refuses the log-in ({detail}): correct --kafka-user, --kafka-password-file or --kafka-mechanism"
    ),
    "SslAuthenticationException": (
        "and bronze do not agree on TLS ({detail}): is --kafka-ca the authority of its certificate, "
        "and does the certificate name this address?"
    ),
}

# topic, partition
Place = tuple[str, int]


@dataclass(frozen=True)
class Held:
    """Offsets that an open transaction keeps from readers: from its first one to the end of the partition."""

    offset: int
    until: int


class Kafka:
    """
    An admin client. `options` are those of Spark's stream. Raises Py4JJavaError when Kafka does not answer.
    """

    def __init__(self, session: SparkSession, address: str, options: Mapping[str, str]) -> None:
        self._jvm = session._jvm
        self.address, self.options = address, dict(options)
        properties = self._jvm.java.util.Properties()
        properties.setProperty("bootstrap.servers", address)
        properties.setProperty("request.timeout.ms", str(_answer_within_milliseconds))
        properties.setProperty("default.api.timeout.ms", str(_answer_within_milliseconds))
        for key, value in options.items():
            if key.startswith(_client_prefix):
                properties.setProperty(key.removeprefix(_client_prefix), value)
        self._client = self._admin.AdminClient.create(properties)

    @property
    def _admin(self) -> Any:
        return self._jvm.org.apache.kafka.clients.admin

    def close(self) -> None:
        self._client.close(self._jvm.java.time.Duration.ofSeconds(1))

    def topics(self) -> set[str]:
        """Names of the topics that this user may see."""
        return set(self._client.listTopics().names().get())

    def topic_ids(self, topics: Iterable[str]) -> dict[str, str]:
        """
        Kafka's id of each topic. A topic that is deleted and created again under its name has another id.
        """
        patient = self._admin.DescribeTopicsOptions().timeoutMs(_restart_within_milliseconds)
        described = self._client.describeTopics(self._names(topics), patient).allTopicNames().get()
        return {name: described.get(name).topicId().toString() for name in described}

    def cluster_id(self) -> str:
        """The id of the Kafka cluster. A cluster that is set up again has another id."""
        patient = self._admin.DescribeClusterOptions().timeoutMs(_restart_within_milliseconds)
        return str(self._client.describeCluster(patient).clusterId().get())

    def earliest_offsets(self, places: Iterable[Place]) -> dict[Place, int]:
        """The first offset that Kafka still has of each partition."""
        patient = self._admin.ListOffsetsOptions().timeoutMs(_restart_within_milliseconds)
        return self._offsets(places, self._admin.OffsetSpec.earliest(), patient)

    def held(self, topics: Iterable[str]) -> dict[Place, Held]:
        """Partitions whose readers wait for a transaction to end."""
        described = self._client.describeTopics(self._names(topics)).allTopicNames().get()
        places = [
            (name, partition.partition())
            for name in described
            for partition in described.get(name).partitions()
        ]
        levels = self._jvm.org.apache.kafka.common.IsolationLevel
        latest = self._admin.OffsetSpec.latest()
        stable, ends = (
            self._offsets(places, latest, self._admin.ListOffsetsOptions(level))
            for level in (levels.READ_COMMITTED, levels.READ_UNCOMMITTED)
        )
        return {place: Held(stable[place], ends[place]) for place in places if stable[place] < ends[place]}

    def _names(self, topics: Iterable[str]) -> Any:
        names = self._jvm.java.util.ArrayList()
        for topic in sorted(topics):
            names.add(topic)
        return names

    def _offsets(self, places: Iterable[Place], which: Any, options: Any) -> dict[Place, int]:
        partitions = {place: self._jvm.org.apache.kafka.common.TopicPartition(*place) for place in places}
        asked = self._jvm.java.util.HashMap()
        for partition in partitions.values():
            asked.put(partition, which)
        answer = self._client.listOffsets(asked, options)
        return {place: answer.partitionResult(java).get().offset() for place, java in partitions.items()}


def wait_for_topics(kafka: Kafka, topics: Iterable[str], within_seconds: float) -> None:
    """
    Waits until Kafka has the topics. Raises Unusable when one is still missing or Kafka does not answer after
    `within_seconds`, and at once when Kafka refuses the log-in or the TLS connection.
    """
    deadline = time.monotonic() + within_seconds
    told = ""
    while True:
        try:
            missing = sorted(set(topics) - kafka.topics())
            if not missing:
                return
            lacks = f"Kafka at {kafka.address} has no topic {', '.join(missing)}, or does not show it to this user"
        except Py4JJavaError as error:
            cause = error.java_exception.getCause() or error.java_exception
            refusal = _refusals.get(cause.getClass().getSimpleName())
            if refusal is not None:
                raise Unusable(
                    f"Kafka at {kafka.address} {refusal.format(detail=cause.getMessage())}."
                ) from None
            lacks = f"Kafka does not answer at {kafka.address} ({cause.getMessage()})"
        if time.monotonic() > deadline:
            raise Unusable(
                f"{lacks}; waited {within_seconds:.0f} s. Create the topics of lake/topics.ts, or correct --kafka."
            )
        if lacks != told:
            print(f"bronze: waits: {lacks}", file=sys.stderr, flush=True)
            told = lacks
        time.sleep(_look_every_seconds)
