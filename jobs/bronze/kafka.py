"""Waits for Kafka and the lake's topics, so that the order in which a lake's parts start does not matter."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from py4j.protocol import Py4JJavaError
from pyspark.sql import SparkSession

from spark.step import Unusable

_client_prefix = "kafka."
_look_every_seconds = 1.0
_answer_within_milliseconds = "5000"
# Waiting mends neither.
_refusals = {
    "SaslAuthenticationException": (
        "refuses the log-in ({detail}): correct --kafka-user, --kafka-password-file or --kafka-mechanism"
    ),
    "SslAuthenticationException": (
        "and bronze do not agree on TLS ({detail}): is --kafka-ca the authority of its certificate, "
        "and does the certificate name this address?"
    ),
}


@contextmanager
def _admin(session: SparkSession, kafka: str, options: Mapping[str, str]) -> Iterator[Any]:
    """`options` as the stream has them."""
    jvm = session._jvm
    properties = jvm.java.util.Properties()
    properties.setProperty("bootstrap.servers", kafka)
    properties.setProperty("request.timeout.ms", _answer_within_milliseconds)
    properties.setProperty("default.api.timeout.ms", _answer_within_milliseconds)
    for key, value in options.items():
        if key.startswith(_client_prefix):
            properties.setProperty(key.removeprefix(_client_prefix), value)
    admin = jvm.org.apache.kafka.clients.admin.AdminClient.create(properties)
    try:
        yield admin
    finally:
        admin.close()


def earliest_offsets(
    session: SparkSession, kafka: str, options: Mapping[str, str], partitions: Iterable[tuple[str, int]]
) -> dict[tuple[str, int], int]:
    """The first offset that Kafka still has of each partition."""
    jvm = session._jvm
    asked = jvm.java.util.HashMap()
    places = {place: jvm.org.apache.kafka.common.TopicPartition(*place) for place in partitions}
    for place in places.values():
        asked.put(place, jvm.org.apache.kafka.clients.admin.OffsetSpec.earliest())
    with _admin(session, kafka, options) as admin:
        answer = admin.listOffsets(asked)
        return {place: answer.partitionResult(java).get().offset() for place, java in places.items()}


def wait_for_topics(
    session: SparkSession,
    kafka: str,
    options: Mapping[str, str],
    topics: Iterable[str],
    within_seconds: float,
) -> None:
    """Raises Unusable when a topic is still missing, or Kafka does not answer, after that time."""
    deadline = time.monotonic() + within_seconds
    told = ""
    while True:
        try:
            with _admin(session, kafka, options) as admin:
                missing = sorted(set(topics) - set(admin.listTopics().names().get()))
            if not missing:
                return
            lacks = f"Kafka at {kafka} has no topic {', '.join(missing)}, or does not show it to this user"
        except Py4JJavaError as error:
            cause = error.java_exception.getCause() or error.java_exception
            refusal = _refusals.get(cause.getClass().getSimpleName())
            if refusal is not None:
                raise Unusable(f"Kafka at {kafka} {refusal.format(detail=cause.getMessage())}.") from None
            lacks = f"Kafka does not answer at {kafka} ({cause.getMessage()})"
        if time.monotonic() > deadline:
            raise Unusable(
                f"{lacks}; waited {within_seconds:.0f} s. Create the topics of lake/topics.ts, or correct --kafka."
            )
        if lacks != told:
            print(f"bronze: waits: {lacks}", file=sys.stderr, flush=True)
            told = lacks
        time.sleep(_look_every_seconds)
