"""Parses Kafka's records into typed fields in Spark SQL: no row passes through Python."""

from __future__ import annotations

from collections.abc import Callable

from pyspark.sql import DataFrame

from contract import Contract, Field
from rules import canonical_event, literal, plain_event, value_of, wide_types, within_bounds

# Spark's JSON parser stops after the first value and ignores what follows it. An event is parsed as the first of two
# elements of an array; text behind it either breaks the array or moves this mark from its place.
_end_mark = "end of event 6f1d"


def text_of_value(contract: Contract) -> str:
    """SQL of the value as text; null where it is empty, too large or not valid UTF-8."""
    return (
        f"case when octet_length(kafka_value) between 1 and {contract.max_value_bytes} "
        "and is_valid_utf8(cast(kafka_value as string)) then cast(kafka_value as string) end"
    )


# SQL of the parsed event: null unless the text is one JSON value, without a duplicate name in an object.
event_of_text = f"""if(try_variant_get(parsed, '$[1]', 'string') = '{_end_mark}'
                       and variant_get(parsed, '$[2]', 'variant') is null,
                       variant_get(parsed, '$[0]', 'variant'), null)"""
parsed_text = f"""try_parse_json(concat('[', text, ',"{_end_mark}"]'))"""


def by_topic(contract: Contract, expression: Callable[[tuple[Field, ...]], str]) -> str:
    """SQL that evaluates the expression of the row's own topic."""
    branches = (
        f"when {literal(topic)} then {expression(fields)}" for topic, fields in contract.topics.items()
    )
    return f"case topic {' '.join(branches)} end"


def _canonical(fields: tuple[Field, ...]) -> str:
    names = ", ".join(f"{field.name}: variant" for field in fields)
    return f"to_json(try_cast(event as struct<{names}>))"


def _unknown(fields: tuple[Field, ...]) -> str:
    known = ", ".join(literal(field.name) for field in fields)
    return f"map_filter(try_cast(event as map<string,variant>), (name, value) -> name not in ({known}))"


def classify(raw: DataFrame, contract: Contract) -> DataFrame:
    """
    Adds to `topic` and the raw columns
    `good`: whether the record is a well-formed event of its topic, never null;
    `fields`: a struct of the fields of all topics in their wide types, null where the event has none;
    `unknown_fields`: text by name of the fields that the schema does not know, null when there are none.

    Most events have no unknown field and match one regular expression over their text. The others are
    rewritten with only the known fields before they are matched.
    """
    plain = by_topic(contract, lambda fields: f"text rlike {literal(plain_event(fields))}")
    formed = by_topic(contract, lambda fields: f"known rlike {literal(canonical_event(fields))}")
    wide = ", ".join(f"{name} {kind}" for name, kind in wide_types(contract).items())
    sound = by_topic(
        contract, lambda fields: " and ".join(c for field in fields for c in within_bounds(field))
    )
    return (
        raw.selectExpr("*", f"{text_of_value(contract)} as text")
        .selectExpr("*", f"{parsed_text} as parsed")
        .selectExpr("*", f"{event_of_text} as event")
        .selectExpr("*", f"event is not null and coalesce({plain}, false) as plain")
        .selectExpr("*", f"case when plain then text else {by_topic(contract, _canonical)} end as known")
        .selectExpr("*", f"if(plain, null, {by_topic(contract, _unknown)}) as unknown")
        .selectExpr("*", f"case when plain or {formed} then from_json(known, {literal(wide)}) end as fields")
        .selectExpr(
            *raw.columns,
            f"coalesce({sound}, false) as good",
            "fields",
            "if(size(unknown) > 0, transform_values(unknown, (name, value) -> cast(value as string)), null) "
            "as unknown_fields",
        )
    )


def typed_columns(fields: tuple[Field, ...]) -> list[str]:
    """SQL of the columns of a well-formed event, in order."""
    return [*(f"{value_of(field)} as {field.name}" for field in fields), "unknown_fields"]
