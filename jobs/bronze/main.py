"""Bronze: five topics of Kafka into Parquet on HDFS, each record exactly once, what can't be read in quarantine."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys

from claim import claim
from commit import recover
from contract import read_contract
from hdfs import Hdfs
from record import now
from session import start_session
from stream import Bronze

# A process is given about ten seconds between SIGTERM and SIGKILL; Spark needs a part of them to close.
_stop_seconds = 7.0


def _pair(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not key or not equals:
        raise argparse.ArgumentTypeError(f"got '{text}', allowed: key=value")
    return key, value


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"got '{text}', allowed: a whole number from 1")
    return int(text)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bronze", description=__doc__)
    parser.add_argument("--kafka", required=True, metavar="HOST:PORT", help="bootstrap servers, by comma")
    parser.add_argument("--lake", required=True, metavar="URI", help="the lake's root, hdfs://host:port/lake")
    parser.add_argument("--trigger-seconds", type=_positive, default=60, help="seconds between batches (60)")
    parser.add_argument(
        "--max-offsets-per-trigger", type=_positive, default=500_000, help="records in a batch at most (500000)"
    )
    parser.add_argument(
        "--kafka-option", type=_pair, action="append", default=[], metavar="K=V", help="option of Spark's Kafka source"
    )
    parser.add_argument("--spark-conf", type=_pair, action="append", default=[], metavar="K=V", help="Spark setting")
    parser.add_argument("--spark-jars", metavar="PATHS", help="jars of Spark's Kafka connector, by comma")
    parser.add_argument("--until-caught-up", action="store_true", help="process what is there, then exit")
    return parser.parse_args()


def main() -> int:
    arguments = _arguments()
    started_at = now()
    session = start_session(
        dict(arguments.spark_conf), arguments.spark_jars, submitted="PYSPARK_GATEWAY_PORT" in os.environ
    )
    contract = read_contract()
    paths = contract.paths(arguments.lake)
    hdfs = Hdfs(session, paths.lake)
    mine = claim(hdfs, paths, started_at)
    for batch_id in recover(hdfs, paths, contract):
        print(f"bronze: batch {batch_id} was cut off; its files are removed and it runs again", file=sys.stderr)
    bronze = Bronze(session, hdfs, paths, contract, mine)
    query = bronze.start(
        arguments.kafka,
        dict(arguments.kafka_option),
        arguments.trigger_seconds,
        arguments.max_offsets_per_trigger,
        arguments.until_caught_up,
    )
    print(json.dumps({"step": "bronze", "ready": True}), flush=True)
    stop_asked = []
    signal.signal(signal.SIGTERM, lambda *_: stop_asked.append(True))
    signal.signal(signal.SIGINT, lambda *_: stop_asked.append(True))
    while not query.awaitTermination(1):
        if stop_asked:
            bronze.stop(query, _stop_seconds)
            break
    session.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
