"""From Kafka's records to events and faults, in Spark SQL: no Python touches a row."""

from __future__ import annotations

from pyspark.sql import DataFrame

from contract import Contract
from rules import literal, rule_numbers, value_of

# Spark's JSON parser stops after the first value and ignores what follows it. An event is parsed as the first of two
# elements of an array; text behind it either breaks the array or moves this mark from its place.
_end_mark = "end of event 6f1d"

raw_columns = (
    "partition as kafka_partition",
    "offset as kafka_offset",
    "timestamp as kafka_timestamp",
    "key as kafka_key",
    "value as kafka_value",
    "headers as kafka_headers",
    "current_timestamp() as ingested_at",
)


def text_of_value(contract: Contract) -> str:
    """SQL of the value as text; null where it can't be read as text."""
    return (
        f"case when octet_length(kafka_value) between 1 and {contract.max_value_bytes} "
        "and is_valid_utf8(cast(kafka_value as string)) then cast(kafka_value as string) end"
    )


def _fault(contract: Contract) -> str:
    topics = []
    for topic, rules in rule_numbers(contract).items():
        branches = " ".join(f"when {rule.broken} then {number}" for number, rule in rules.items())
        topics.append(f"when topic = {literal(topic)} then case {branches} else 0 end")
    return f"case when event is null then -1 {' '.join(topics)} end"


def classify(raw: DataFrame, contract: Contract) -> DataFrame:
    """
    Adds to `topic` and the raw columns `event` (a variant, null when the value isn't JSON) and `fault`: 0 for an event
    that is well formed, -1 without an event, else the number of the first rule that it breaks.
    """
    parsed = f"""try_parse_json(concat('[', {text_of_value(contract)}, ',"{_end_mark}"]'))"""
    whole = f"""if(try_variant_get(parsed, '$[1]', 'string') = '{_end_mark}'
                   and variant_get(parsed, '$[2]', 'variant') is null,
                   variant_get(parsed, '$[0]', 'variant'), null)"""
    return (
        raw.selectExpr("*", f"{parsed} as parsed")
        .selectExpr(*raw.columns, f"{whole} as event")
        .selectExpr("*", f"{_fault(contract)} as fault")
    )


def typed_columns(contract: Contract, topic: str) -> list[str]:
    """SQL of the event's own columns, in order; of an event without fault."""
    fields = contract.topics[topic]
    known = ", ".join(literal(field.name) for field in fields)
    unknown = f"map_filter(cast(event as map<string,variant>), (name, value) -> name not in ({known}))"
    as_text = f"transform_values({unknown}, (name, value) -> cast(value as string))"
    return [
        *(f"{value_of(field)} as {field.name}" for field in fields),
        f"case when size({unknown}) > 0 then {as_text} end as unknown_fields",
    ]
