"""Sample records in the form of Kafka's: one well-formed event of each topic, and one malformed event."""

from __future__ import annotations

import json

from pyspark.sql import DataFrame, SparkSession

from contract import Contract, Field
from rules import literal


def _value(field: Field) -> str | int | float | bool:
    if field.allowed is not None:
        return field.allowed[0]
    if field.type == "timestamp":
        return "2026-01-31T12:00:00.000Z"
    if field.type == "boolean":
        return True
    if field.type == "string":
        return "x"
    return field.minimum if field.minimum is not None else 1


def sample_records(session: SparkSession, contract: Contract) -> DataFrame:
    values = [
        (topic, json.dumps({field.name: _value(field) for field in fields}))
        for topic, fields in contract.topics.items()
    ]
    values.append((next(iter(contract.topics)), "{}"))
    rows = ", ".join(f"({literal(topic)}, {literal(value)})" for topic, value in values)
    return session.sql(
        f"""select topic, 0 as partition, 0L as offset, timestamp'2026-01-31 12:00:00' as timestamp,
              cast('x' as binary) as key, cast(value as binary) as value,
              cast(null as array<struct<key:string,value:binary>>) as headers
            from values {rows} as samples(topic, value)"""
    )
