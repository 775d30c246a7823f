"""Explains an error, and what to do, in one line: supervisors show the last line of a program's output."""

from __future__ import annotations

import re

from spark.step import Unusable

_known = (
    (
        r"KAFKA_DATA_LOSS|Some data may have been lost|[Cc]annot fetch offset|OffsetOutOfRange",
        (
            "Kafka no longer holds records that bronze has not read yet (their retention ended, or a topic was deleted or made "
            "anew): they can't be recovered from Kafka. Start without --kafka-option failOnDataLoss=true to go on with what is "
            "left: what is lost is recorded. Detail: {detail}"
        ),
    ),
    (
        r"SaslAuthenticationException|SslAuthenticationException|[A-Z][a-z]+AuthorizationException",
        (
            "Kafka at {kafka} no longer lets bronze in: were its password, its rights or Kafka's certificate changed? "
            "A new start reads them again. Detail: {detail}"
        ),
    ),
    (
        r"UnknownTopicOrPartition",
        "a topic of the lake is missing in Kafka: create the topics of lake/topics.ts. Detail: {detail}",
    ),
    (
        r"CONCURRENT_STREAM_LOG_UPDATE|concurrently using",
        "another bronze application uses this lake's checkpoint: run one bronze per lake. Detail: {detail}",
    ),
    (
        (
            r"Timed out waiting for a node assignment|TimeoutException.*(describeTopics|listOffsets|fetchMetadata)"
            r"|bootstrap urls|No resolvable bootstrap"
        ),
        "Kafka does not answer at {kafka}: is it running, and is the address right? Detail: {detail}",
    ),
    (
        r"ConnectException|NoRouteToHost|UnknownHostException|Failed on local exception",
        "HDFS does not answer at {lake}: is it running, and is the address right? Detail: {detail}",
    ),
    (
        r"SafeModeException",
        "HDFS is in safe mode at {lake}: wait until its DataNodes have reported. Detail: {detail}",
    ),
    (
        r"could only be written to 0 of the|DSQuotaExceeded|No space left",
        "HDFS at {lake} can take no more data: no DataNode is up, or the disk is full. Detail: {detail}",
    ),
)


def _detail(text: str) -> str:
    """The innermost cause, in at most 300 characters."""
    causes = re.findall(r"Caused by: ([^\n]+)", text)
    line = causes[-1] if causes else next((line for line in text.splitlines() if line.strip()), "no message")
    return line.strip()[:300]


def explain(error: BaseException, lake: str, kafka: str | None = None) -> str:
    text = str(error)
    if isinstance(error, Unusable):
        return text
    for pattern, advice in _known:
        if re.search(pattern, text):
            return advice.format(detail=_detail(text), kafka=kafka, lake=lake)
    return f"{type(error).__name__}: {_detail(text)}"
