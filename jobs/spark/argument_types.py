"""What the command lines of Spark's jobs take alike; each raises argparse.ArgumentTypeError with what is allowed."""

from __future__ import annotations

import argparse
import re


def key_value(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not key or not equals:
        raise argparse.ArgumentTypeError(f"got '{text}', allowed: key=value")
    return key, value


def hdfs_uri(text: str) -> str:
    """A file system without a path: hdfs://host:port, or hdfs:// and the name of one with two NameNodes."""
    if not re.fullmatch(r"hdfs://[^/\s]+", text):
        raise argparse.ArgumentTypeError(f"got '{text}', allowed: hdfs://host:port")
    return text


def absolute_path(text: str) -> str:
    """A path on HDFS, as TypeScript's `endpointsSchema.lake` has it."""
    if not re.fullmatch(r"(/[A-Za-z0-9._-]+)+", text):
        raise argparse.ArgumentTypeError(f"got '{text}', allowed: an absolute path")
    return text


def add_lake_arguments(parser: argparse.ArgumentParser) -> None:
    """`--hdfs` and `--lake`, named as the programs in TypeScript name them."""
    parser.add_argument(
        "--hdfs", required=True, type=hdfs_uri, metavar="URL", help="the NameNode, hdfs://host:port"
    )
    parser.add_argument(
        "--lake", type=absolute_path, default="/lake", metavar="PATH", help="the lake's root on HDFS (/lake)"
    )
