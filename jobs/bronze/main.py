"""Bronze: five topics of Kafka into Parquet on HDFS, each record exactly once, what can't be read in quarantine."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
import traceback
from pathlib import Path

from pyspark.sql import SparkSession

# The parent folder holds what all of Spark's jobs share.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from checkpoint import require_matching_checkpoint
from contract import Contract, Paths, read_contract
from held import HeldWatch
from kafka import Kafka, wait_for_topics
from kafka_security import security_options
from options import read_arguments
from read_anew import finish_switch, switch
from rebuild_checkpoint import rebuild_checkpoint
from rebuild_commits import rebuild_commits
from session import start_session
from spark.claim import Claim, claim
from spark.commit import Commits
from spark.failure import explain
from spark.hdfs import Hdfs
from spark.journal import Journal
from spark.step import Unusable
from stream import Bronze
from topic_ids import TopicIds, TopicsChanged

# A process has about ten seconds between SIGTERM and SIGKILL; Spark needs some of them to close.
_stop_seconds = 7.0


def _say(text: str) -> None:
    print(f"bronze: {text}", file=sys.stderr, flush=True)


def _stream(
    arguments: argparse.Namespace,
    session: SparkSession,
    hdfs: Hdfs,
    paths: Paths,
    contract: Contract,
    journal: Journal,
    mine: Claim,
    stop_asked: threading.Event,
) -> None:
    topic_ids = TopicIds(hdfs, paths.topic_ids)
    finish_switch(hdfs, paths, journal, mine, topic_ids)
    options = security_options(arguments) | dict(arguments.kafka_option)
    kafka = Kafka(session, arguments.kafka, options)
    while True:
        require_matching_checkpoint(hdfs, paths, journal)
        wait_for_topics(kafka, contract.topics, arguments.wait_seconds)
        try:
            topic_ids.keep(kafka.topic_ids(contract.topics), kafka.cluster_id())
            bronze = Bronze(session, hdfs, paths, contract, journal, mine, kafka, topic_ids)
            _stream_until_asked(
                arguments, bronze, HeldWatch(kafka, hdfs, paths.held, contract.topics), stop_asked
            )
            return
        except TopicsChanged as changed:
            if stop_asked.is_set():
                return
            switch(kafka, hdfs, paths, journal, mine, topic_ids, changed, arguments.accept_kafka)


def _stream_until_asked(
    arguments: argparse.Namespace, bronze: Bronze, watch: HeldWatch, stop_asked: threading.Event
) -> None:
    query = bronze.start(arguments.trigger_seconds, arguments.max_offsets_per_trigger, arguments.once)
    print(json.dumps({"step": "bronze", "ready": True}), flush=True)
    watch.start()
    try:
        while not query.awaitTermination(1):
            if stop_asked.is_set():
                bronze.stop(query, _stop_seconds)
                break
    except Exception as error:  # noqa: BLE001 (the batch's own failure says more than Spark's)
        if not stop_asked.is_set():
            raise (bronze.failure or error) from None
    finally:
        watch.end(within_seconds=1)
    if bronze.failure is not None and not stop_asked.is_set():
        raise bronze.failure


def _run(arguments: argparse.Namespace, stop_asked: threading.Event) -> None:
    session = start_session(
        dict(arguments.spark_conf), arguments.spark_jars, submitted="PYSPARK_GATEWAY_PORT" in os.environ
    )
    contract = read_contract()
    paths = contract.paths(arguments.lake_uri)
    hdfs = Hdfs(session, paths.lake)
    journal = Journal(hdfs, paths.step)
    mine = claim(hdfs, paths.step)
    for batch_id in Commits(hdfs, paths.step, journal).recover():
        _say(f"batch {batch_id} was cut off while it was put in place; that is done now")
    if arguments.command == "rebuild-commits":
        _say(f"{rebuild_commits(session, hdfs, paths, contract, journal, mine)} commit records written")
    elif arguments.command == "rebuild-checkpoint":
        _say(f"checkpoint made: the stream goes on after batch {rebuild_checkpoint(hdfs, paths, journal)}")
    else:
        _stream(arguments, session, hdfs, paths, contract, journal, mine, stop_asked)
    session.stop()


def main() -> int:
    arguments = read_arguments(__doc__)
    stop_asked = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop_asked.set())
    try:
        _run(arguments, stop_asked)
    except Exception as error:  # noqa: BLE001 (the last line says what, whatever it is)
        if not isinstance(error, Unusable):
            traceback.print_exc()
        _say(f"stopped: {explain(error, arguments.lake_uri, arguments.kafka)}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
