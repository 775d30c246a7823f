"""
What a well-formed event is, as regular expressions over JSON tokens and a few comparisons. Every check of bronze is made
from these: the one that accepts (parse.py) and the one that explains (reason.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from contract import Contract, Field

# Loops are possessive (*+): Java's matcher then iterates. Otherwise it recurses, and a long string overflows
# its stack.
_any_string = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_whole_number = r"-?(?:0|[1-9][0-9]*+)"
_any_number = _whole_number + r"(?:\.[0-9]++)?(?:[eE][-+]?[0-9]++)?"
_iso_time = (
    r'"(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?'
    r'(?:[Zz]|[-+][0-9]{2}(?::?[0-9]{2})?)"'
)

# The token of each type, and what a reason calls it.
_type_tokens = {
    "string": (_any_string, "a string"),
    "timestamp": (_any_string, "a string"),
    "boolean": (r"(?:true|false)", "true or false"),
    "int": (_whole_number, "a whole number"),
    "double": (_any_number, "a number"),
    "money": (_any_number, "a number"),
}

# Tokens that the column's type can hold.
_value_tokens = {
    "timestamp": (
        _iso_time,
        "a time in ISO 8601 with Z or an offset, like 2026-01-31T12:00:00.000Z or 2026-01-31T13:00:00+01:00",
    ),
    "int": (r"-?(?:0|[1-9][0-9]{0,17})", "a whole number of 32 bits"),
    "double": (r"-?(?:0|[1-9][0-9]{0,30})(?:\.[0-9]++)?(?:[eE][-+]?[0-9]{1,2})?", "a number below 1e130"),
    "money": (r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,2})?", "an amount with at most two decimals"),
}

_int_range = (-(2**31), 2**31 - 1)


@dataclass(frozen=True)
class Check:
    """
    `token` is a regular expression for the whole of the field's JSON token; `at_least` and `at_most` bound its number;
    `is_time` asks for a day and hour that exist. `allowed` says in words what passes.
    """

    field: str
    required: bool
    token: str
    at_least: float | None
    at_most: float | None
    is_time: bool
    allowed: str


def literal(text: str) -> str:
    """The text as a SQL string literal."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else str(value)


def bounds(field: Field) -> tuple[float | None, float | None]:
    low, high = field.minimum, field.maximum
    if field.type == "int":
        return (_int_range[0] if low is None else low, _int_range[1] if high is None else high)
    return low, high


def instant(text: str) -> str:
    """
    SQL of the timestamp of an ISO 8601 time; null when the date or time does not exist, or when its year in
    UTC is not from 1 to 9999. Digits finer than a microsecond are cut off. `text` is SQL.
    """
    whole = f"if(substr({text}, 17, 1) = ':', {text}, concat(left({text}, 16), ':00', substr({text}, 17)))"
    moment = f"try_cast(upper({whole}) as timestamp)"
    return f"if(year({moment}) between 1 and 9999, {moment}, null)"


def _text(field: Field) -> tuple[str, str]:
    """Token and words of a text of limited length; a required one is not blank."""
    most = field.max_characters
    # Most texts have no escape: the first branch reads them at once.
    short = rf'(?:[^"\\]{{0,{most}}}+"|(?:[^"\\]|\\(?:u[0-9a-fA-F]{{4}}|.)){{0,{most}}}+")'
    if field.required:
        return f'"(?! *+"){short}', f"a text of 1 to {most} characters that is not blank"
    return f'"{short}', f"a text of at most {most} characters"


def token(field: Field) -> str:
    """
    Regular expression of the field's well-formed JSON tokens; it does not check bounds and the calendar.
    """
    if field.allowed is not None:
        return f'"(?:{"|".join(field.allowed)})"'
    if field.pattern is not None:
        return f'"(?:{field.pattern})"'
    if field.max_characters is not None:
        return _text(field)[0]
    return _value_tokens.get(field.type, _type_tokens[field.type])[0]


def checks(field: Field) -> Iterable[Check]:
    """The field's checks in the order in which a reason is looked for: type, form, bounds."""

    def check(token_: str, allowed: str, low: float | None = None, high: float | None = None) -> Check:
        return Check(field.name, field.required, token_, low, high, field.type == "timestamp", allowed)

    type_token, type_name = _type_tokens[field.type]
    yield Check(field.name, field.required, type_token, None, None, False, type_name)
    if field.allowed is not None:
        yield check(token(field), ", ".join(field.allowed))
    elif field.pattern is not None:
        yield check(token(field), f"text that matches {field.pattern}")
    elif field.max_characters is not None:
        yield check(*_text(field))
    elif field.type in _value_tokens:
        yield check(*_value_tokens[field.type])
    low, high = bounds(field)
    if low is not None:
        yield check(type_token, f"at least {number(low)}", low=low)
    if high is not None:
        yield check(type_token, f"at most {number(high)}", high=high)


def plain_event(fields: Iterable[Field]) -> str:
    """Regular expression of an event as it is sent: the known fields and no other, in any order."""
    pairs = "|".join(rf'{field.name}"\s*+:\s*+{token(field)}' for field in fields)
    return rf'\A\s*+\{{(?:\s*+"(?:{pairs})\s*+(?:,(?=\s*+")|(?=\}})))*+\}}\s*+\z'


def canonical_event(fields: Iterable[Field]) -> str:
    """Regular expression of an event as Spark writes it: the known fields in order, without white space."""
    first, *rest = fields
    if not first.required:
        raise ValueError(f"the first field of an event must be required: {first.name}")
    pattern = rf'\A\{{"{first.name}":{token(first)}'
    for field in rest:
        pair = f',"{field.name}":'
        pattern += f"{pair}{token(field)}" if field.required else f"(?:{pair}(?:null|{token(field)}))?"
    return pattern + r"\}\z"


def wide_types(contract: Contract) -> dict[str, str]:
    """Spark type of each field name, so that one struct holds the fields of all topics."""
    types: dict[str, set[str]] = {}
    for fields in contract.topics.values():
        for field in fields:
            # An int is read as a bigint, so that a value out of bounds is noticed; a time is read as text.
            read_as = {"int": "bigint", "timestamp": "string"}.get(field.type, field.spark_type)
            types.setdefault(field.name, set()).add(read_as)
    return {name: found.pop() if len(found) == 1 else "string" for name, found in types.items()}


def value_of(field: Field) -> str:
    """SQL of the field's typed value, from the struct `fields` of a well-formed event."""
    column = f"fields.{field.name}"
    return instant(column) if field.type == "timestamp" else f"try_cast({column} as {field.spark_type})"


def within_bounds(field: Field) -> Iterable[str]:
    """SQL conditions on the struct `fields` that the regular expressions of tokens can't check."""
    column = f"fields.{field.name}"
    if field.required:
        yield f"{column} is not null"
    if field.type == "timestamp":
        valid = f"{instant(column)} is not null"
        yield valid if field.required else f"({column} is null or {valid})"
    low, high = bounds(field)
    # Null is within bounds: an optional field may be absent.
    if low is not None:
        yield f"coalesce({column} >= {number(low)}, true)"
    if high is not None:
        yield f"coalesce({column} <= {number(high)}, true)"
