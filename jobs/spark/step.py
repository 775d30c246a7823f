"""Where one step of the lake (bronze, silver, gold) keeps its records and its half-written files."""

from __future__ import annotations

from dataclasses import dataclass

# Digits of a run's number in file names, so that names sort by number: lake/layout.ts.
_digits = 12


class Unusable(Exception):
    """The lake, its checkpoint or Kafka is not as it must be. The message is one line that says what to do."""


@dataclass(frozen=True)
class Step:
    """
    One step on one lake. All paths are absolute URIs on HDFS.

    `commits` holds a record of each run, `claims` a file for each start, `decided` the runs that are being put in place,
    `staging` what is half-written.
    """

    name: str
    lake: str
    commits: str
    claims: str
    decided: str
    staging: str


def step(name: str, lake: str, paths: dict[str, str]) -> Step:
    """`paths` are those of the contract, under the lake's root."""
    root = lake.rstrip("/")
    return Step(name=name, lake=root, **{kind: root + path for kind, path in paths.items()})


def numbered(number: int) -> str:
    """A run's number as it stands in file names."""
    return str(number).zfill(_digits)
