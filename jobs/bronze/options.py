"""The command line."""

from __future__ import annotations

import argparse

from kafka_security import add_security_flags, check_security
from spark.argument_types import add_lake_arguments, key_value

commands = ("stream", "rebuild-commits", "rebuild-checkpoint")


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"got '{text}', allowed: a whole number from 1")
    return int(text)


def read_arguments(description: str | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bronze", description=description)
    parser.add_argument(
        "command",
        nargs="?",
        choices=commands,
        default="stream",
        help="stream (default); rebuild-commits: make missing commit records from the lake's files; "
        "rebuild-checkpoint: make a lost checkpoint from the commit records",
    )
    add_lake_arguments(parser)
    parser.add_argument("--kafka", metavar="HOST:PORT", help="bootstrap servers, by comma; stream needs it")
    add_security_flags(parser)
    parser.add_argument(
        "--trigger",
        dest="trigger_seconds",
        type=_positive,
        default=60,
        metavar="SECONDS",
        help="from one batch's start to the next (60)",
    )
    parser.add_argument(
        "--max-offsets-per-trigger",
        type=_positive,
        default=500_000,
        help="records in a batch at most (500000)",
    )
    parser.add_argument(
        "--wait-seconds", type=_positive, default=60, help="how long Kafka's topics are waited for (60)"
    )
    parser.add_argument(
        "--accept-kafka",
        metavar="CLUSTER_ID",
        help="go on with this Kafka's topics where it is another one than the lake has read",
    )
    parser.add_argument(
        "--kafka-option",
        type=key_value,
        action="append",
        default=[],
        metavar="K=V",
        help="option of Spark's Kafka source",
    )
    parser.add_argument(
        "--spark-conf", type=key_value, action="append", default=[], metavar="K=V", help="Spark setting"
    )
    parser.add_argument("--spark-jars", metavar="PATHS", help="jars of Spark's Kafka connector, by comma")
    parser.add_argument("--once", action="store_true", help="read what is there, then end")
    arguments = parser.parse_args()
    arguments.lake_uri = f"{arguments.hdfs}{arguments.lake}"
    if arguments.command == "stream" and arguments.kafka is None:
        parser.error("--kafka is required to stream, allowed: host:port")
    check_security(parser, arguments)
    return arguments
