"""
Argument types that Spark's jobs share. Each raises argparse.ArgumentTypeError, which says what is allowed.
"""

from __future__ import annotations

import argparse
import re


def key_value(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not key or not equals:
        raise argparse.ArgumentTypeError(f"got '{text}', allowed: key=value")
    return key, value


def hdfs_uri(text: str) -> str:
    """
    The URI of a file system, without a path: hdfs://host:port, or hdfs:// and the name of two NameNodes.
    """
    if not re.fullmatch(r"hdfs://[^/\s]+", text):
        raise argparse.ArgumentTypeError(f"got '{text}', allowed: hdfs://host:port")
    return text


def absolute_path(text: str) -> str:
    """An absolute path on HDFS, by the rule of TypeScript's `endpointsSchema.lake`."""
    if not re.fullmatch(r"(/[A-Za-z0-9._-]+)+", text):
        raise argparse.ArgumentTypeError(f"got '{text}', allowed: an absolute path")
    return text


def add_lake_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds `--hdfs` and `--lake`, which have the same names in the TypeScript programs."""
    parser.add_argument(
        "--hdfs", required=True, type=hdfs_uri, metavar="URL", help="the NameNode, hdfs://host:port"
    )
    parser.add_argument(
        "--lake", type=absolute_path, default="/lake", metavar="PATH", help="the lake's root on HDFS (/lake)"
    )
