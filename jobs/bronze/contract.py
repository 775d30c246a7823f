"""What bronze enforces and where it writes, from the file that `npm run generate` writes from lake/."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from spark.step import Step, step


@dataclass(frozen=True)
class Field:
    """
    One field of an event. `spark_type` is DDL; `minimum` and `maximum` are inclusive. `max_characters` limits
    a text that has neither allowed values nor a pattern.
    """

    name: str
    type: str
    spark_type: str
    required: bool
    allowed: tuple[str, ...] | None
    minimum: float | None
    maximum: float | None
    pattern: str | None
    max_characters: int | None


@dataclass(frozen=True)
class Paths:
    """Absolute URIs on HDFS. `step` is where bronze keeps its records and its half-written files."""

    lake: str
    bronze: str
    quarantine: str
    checkpoint: str
    held: str
    topic_ids: str
    step: Step


@dataclass(frozen=True)
class Contract:
    """
    `raw_columns` maps each column that a row takes from its Kafka record to SQL over that record. `topics`
    gives each topic's fields in the order of its columns.
    """

    max_value_bytes: int
    raw_columns: dict[str, str]
    topics: dict[str, tuple[Field, ...]]
    bronze_columns: dict[str, dict[str, str]]
    quarantine_columns: dict[str, str]
    relative_paths: dict[str, str]
    step_paths: dict[str, str]

    def paths(self, lake: str) -> Paths:
        root = lake.rstrip("/")
        absolute = {name: root + path for name, path in self.relative_paths.items()}
        return Paths(lake=root, **absolute, step=step("bronze", root, self.step_paths))


def _field(raw: dict) -> Field:
    allowed = raw.get("allowed")
    return Field(
        name=raw["name"],
        type=raw["type"],
        spark_type=raw["sparkType"],
        required=raw["required"],
        allowed=None if allowed is None else tuple(allowed),
        minimum=raw.get("min"),
        maximum=raw.get("max"),
        pattern=raw.get("pattern"),
        max_characters=raw.get("maxCharacters"),
    )


def read_contract(path: Path = Path(__file__).parent / "generated" / "contract.json") -> Contract:
    raw = json.loads(path.read_text(encoding="utf-8"))
    topics = raw["topics"]
    return Contract(
        max_value_bytes=raw["maxValueBytes"],
        raw_columns=raw["rawColumns"],
        topics={name: tuple(_field(f) for f in topic["fields"]) for name, topic in topics.items()},
        bronze_columns={name: topic["bronzeColumns"] for name, topic in topics.items()},
        quarantine_columns=next(iter(topics.values()))["quarantineColumns"],
        relative_paths=raw["paths"],
        step_paths=raw["step"],
    )
