"""Waits for Kafka and the lake's topics, so that the order in which a lake's parts start does not matter."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Mapping

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


def _topics(session: SparkSession, settings: Mapping[str, str]) -> set[str]:
    jvm = session._jvm
    properties = jvm.java.util.Properties()
    for key, value in settings.items():
        properties.setProperty(key, value)
    admin = jvm.org.apache.kafka.clients.admin.AdminClient.create(properties)
    try:
        return set(admin.listTopics().names().get())
    finally:
        admin.close()


def wait_for_topics(
    session: SparkSession,
    kafka: str,
    options: Mapping[str, str],
    topics: Iterable[str],
    within_seconds: float,
) -> None:
    """Raises Unusable when a topic is still missing, or Kafka does not answer, after that time."""
    settings = {
        "bootstrap.servers": kafka,
        "request.timeout.ms": _answer_within_milliseconds,
        "default.api.timeout.ms": _answer_within_milliseconds,
    }
    for key, value in options.items():
        if key.startswith(_client_prefix):
            settings[key.removeprefix(_client_prefix)] = value
    deadline = time.monotonic() + within_seconds
    told = ""
    while True:
        try:
            missing = sorted(set(topics) - _topics(session, settings))
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
