"""The command line."""

from __future__ import annotations

import argparse
from pathlib import Path

from spark.argument_types import add_lake_arguments, key_value

layers = ("silver", "gold")
dbt_project = Path(__file__).resolve().parents[1] / "dbt"


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1
    if not 0 < value <= 86_400:
        raise argparse.ArgumentTypeError(f"got '{text}', allowed: seconds above 0, 86400 at most")
    return value


def _batch(text: str) -> int:
    if not text.isdigit():
        raise argparse.ArgumentTypeError(f"got '{text}', allowed: a whole number from 0")
    return int(text)


def _layers(text: str) -> tuple[str, ...]:
    chosen = tuple(text.split(","))
    if not chosen or any(layer not in layers for layer in chosen):
        raise argparse.ArgumentTypeError(f"got '{text}', allowed: {', '.join(layers)}, joined by a comma")
    return tuple(layer for layer in layers if layer in chosen)


def read_arguments(description: str | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="refine", description=description)
    add_lake_arguments(parser)
    parser.add_argument(
        "--layers",
        type=_layers,
        default=layers,
        metavar="NAMES",
        help="what this process builds: silver, gold, or both in turn (silver,gold)",
    )
    parser.add_argument(
        "--every",
        dest="every_seconds",
        type=_seconds,
        default=60,
        metavar="SECONDS",
        help="from one run's start to the next (60)",
    )
    parser.add_argument(
        "--late-every",
        dest="late_every_seconds",
        type=_seconds,
        default=300,
        metavar="SECONDS",
        help="how long rows of days that get few of them may wait for gold (300)",
    )
    parser.add_argument(
        "--dimensions-every",
        dest="dimensions_every_seconds",
        type=_seconds,
        default=300,
        metavar="SECONDS",
        help="how long a new customer or merchant may wait for silver's dimensions (300)",
    )
    parser.add_argument(
        "--once", action="store_true", help="build what is there, late days included, then end"
    )
    parser.add_argument("--until-batch", type=_batch, help="take no bronze batch after this one")
    parser.add_argument(
        "--spark-conf", type=key_value, action="append", default=[], metavar="K=V", help="Spark setting"
    )
    parser.add_argument("--dbt-project", type=Path, default=dbt_project)
    parser.add_argument(
        "--parsed-models",
        type=Path,
        metavar="FOLDER",
        help="keeps dbt's parsed models for the next start, which then is several seconds faster",
    )
    parser.add_argument(
        "--full-refresh",
        action="store_true",
        help="remove silver and gold first, and build them anew from bronze",
    )
    arguments = parser.parse_args()
    arguments.lake_uri = f"{arguments.hdfs}{arguments.lake}"
    if arguments.full_refresh and arguments.layers != layers:
        parser.error(
            f"--full-refresh with --layers {','.join(arguments.layers)}: allowed with both layers alone"
        )
    return arguments
