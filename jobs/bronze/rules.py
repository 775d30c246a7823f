"""What may be wrong with an event, as Spark SQL over its parsed form (`event`, a variant)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from contract import Contract, Field

# Spark's names of JSON values' types (schema_of_variant) for each type of field; `DECIMAL` stands for any precision.
_json_types = {
    "string": ("STRING",),
    "timestamp": ("STRING",),
    "boolean": ("BOOLEAN",),
    "int": ("BIGINT",),
    "double": ("BIGINT", "DECIMAL", "DOUBLE"),
    "money": ("BIGINT", "DECIMAL", "DOUBLE"),
}

_type_names = {
    "string": "a string",
    "timestamp": "a string",
    "boolean": "true or false",
    "int": "a whole number",
    "double": "a number",
    "money": "a number",
}

_iso_utc = r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z\z"
_iso_example = "2026-01-31T12:00:00.000Z"
_int_range = (-(2**31), 2**31 - 1)


@dataclass(frozen=True)
class Rule:
    """`broken` is SQL over `event`: true when the event breaks the rule, else false or null."""

    field: str
    allowed: str
    broken: str


def literal(text: str) -> str:
    """The text as a SQL string literal."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def value_of(field: Field) -> str:
    """SQL of the field's typed value, for an event without fault; null when it has none."""
    if field.type == "timestamp":
        return f"try_cast({_string(field)} as timestamp)"
    return f"try_variant_get(event, '$.{field.name}', '{field.spark_type}')"


def _string(field: Field) -> str:
    return f"try_variant_get(event, '$.{field.name}', 'string')"


def _shape_rule(field: Field) -> Rule:
    json_type = f"schema_of_variant(variant_get(event, '$.{field.name}', 'variant'))"
    if "DECIMAL" in _json_types[field.type]:
        json_type = f"substring_index({json_type}, '(', 1)"
    allowed = _json_types[field.type] + (() if field.required else ("VOID",))
    names = ", ".join(literal(name) for name in allowed)
    broken = f"not coalesce({json_type}, '') in ({names})" if field.required else f"not {json_type} in ({names})"
    return Rule(field.name, _type_names[field.type], broken)


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else str(value)


def _value_rules(field: Field) -> Iterable[Rule]:
    if field.allowed is not None:
        options = ", ".join(literal(option) for option in field.allowed)
        yield Rule(field.name, ", ".join(field.allowed), f"{_string(field)} not in ({options})")
    if field.pattern is not None:
        whole = literal(rf"\A(?:{field.pattern})\z")
        yield Rule(field.name, f"text that matches {field.pattern}", f"not {_string(field)} rlike {whole}")
    if field.type == "timestamp":
        text = _string(field)
        yield Rule(
            field.name,
            f"a time in ISO 8601 and UTC, like {_iso_example}",
            f"not {text} rlike {literal(_iso_utc)} or ({text} is not null and {value_of(field)} is null)",
        )
    yield from _number_rules(field)


def _number_rules(field: Field) -> Iterable[Rule]:
    if field.type not in ("int", "double", "money"):
        return
    wide = {"int": "bigint", "double": "double", "money": "decimal(38,18)"}[field.type]
    number = f"try_variant_get(event, '$.{field.name}', '{wide}')"
    given = f"not is_variant_null(variant_get(event, '$.{field.name}', 'variant'))"
    if field.type == "money":
        yield Rule(
            field.name,
            "an amount with at most two decimals",
            f"{given} and coalesce({number} <> {value_of(field)}, true)",
        )
    if field.type == "double":
        infinite = f"coalesce(abs({number}) = double('Infinity'), true)"
        yield Rule(field.name, "a number that a double can hold", f"{given} and {infinite}")
    low, high = field.minimum, field.maximum
    if field.type == "int":
        low, high = _int_range[0] if low is None else low, _int_range[1] if high is None else high
    if low is not None:
        yield Rule(field.name, f"at least {_number(low)}", f"{number} < {_number(low)}")
    if high is not None:
        yield Rule(field.name, f"at most {_number(high)}", f"{number} > {_number(high)}")


def rules_of(fields: Iterable[Field]) -> list[Rule]:
    """In the order in which they are tried: all of a field's before the next field's."""
    return [rule for field in fields for rule in (_shape_rule(field), *_value_rules(field))]


def rule_numbers(contract: Contract) -> dict[str, dict[int, Rule]]:
    """Every rule of every topic under a number of its own, from 1."""
    numbers: dict[str, dict[int, Rule]] = {}
    first = 1
    for topic, fields in contract.topics.items():
        rules = rules_of(fields)
        numbers[topic] = dict(enumerate(rules, first))
        first += len(rules)
    return numbers
