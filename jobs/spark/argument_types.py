"""What the command lines of Spark's jobs take alike; each raises argparse.ArgumentTypeError with what is allowed."""

from __future__ import annotations

import argparse


def key_value(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not key or not equals:
        raise argparse.ArgumentTypeError(f"got '{text}', allowed: key=value")
    return key, value


def lake_uri(text: str) -> str:
    scheme, separator, rest = text.partition("://")
    if scheme != "hdfs" or not separator or "/" not in rest.rstrip("/"):
        raise argparse.ArgumentTypeError(f"got '{text}', allowed: hdfs://host:port/path")
    return text.rstrip("/")
