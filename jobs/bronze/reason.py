"""
Explains in words why a record is in quarantine. Only those few records are evaluated: they are parsed once
more, and the checks are tried one after another from a table. That costs more per row than parse.py, but
generates hardly any code.
"""

from __future__ import annotations

from pyspark.sql import DataFrame

from contract import Contract, Field
from parse import by_topic, event_of_text, parsed_text, text_of_value
from rules import Check, checks, instant, literal, number

# A value is quoted in a reason up to this length.
_quoted_characters = 60

# What JSON counts as white space.
_space = r"' \t\r\n'"


def _not_text(limit: int) -> str:
    return f"""case
      when kafka_value is null then 'the value is null (a tombstone)'
      when octet_length(kafka_value) = 0 then 'the value is empty'
      when octet_length(kafka_value) > {limit}
        then concat('the value is larger than {limit} bytes (got ', octet_length(kafka_value), ')')
      else 'the value is not valid UTF-8'
    end"""


_not_json = rf"""case
  when trim(both {_space} from text) = '' then 'the value is empty (white space only)'
  when startswith(text, '\ufeff') then 'the value is not JSON: it starts with a byte order mark'
  when try_parse_json(text) is not null then 'the value is not JSON: something follows the first JSON value'
  when not startswith(ltrim({_space}, text), '{{') then 'the value is not JSON'
  when not endswith(rtrim({_space}, text), '}}') then 'the value is not JSON: it is cut off'
  when size(json_object_keys(text)) > size(array_distinct(json_object_keys(text)))
    then 'the value is not valid JSON: a field occurs twice'
  when get_json_object(text, '$') is not null
    then 'the value is not valid JSON: a name that occurs twice, a character that must be escaped or half a pair'
  else 'the value is not JSON'
end"""

_json_type = "substring_index(schema_of_variant(event), '<', 1)"

_not_object = f"""concat('the value is not a JSON object, but ',
  case {_json_type} when 'ARRAY' then 'an array' when 'STRING' then 'a string' when 'BOOLEAN' then 'true or false'
  when 'VOID' then 'null' else 'a number' end)"""


def _row(check: Check) -> str:
    def bound(value: float | None) -> str:
        return "null" if value is None else f"double('{number(value)}')"

    columns = {
        "field": literal(check.field),
        "required": str(check.required).lower(),
        "token": literal(rf"\A{check.token}\z"),
        "at_least": bound(check.at_least),
        "at_most": bound(check.at_most),
        "is_time": str(check.is_time).lower(),
        "allowed": literal(check.allowed),
    }
    return f"named_struct({', '.join(f'{literal(name)}, {value}' for name, value in columns.items())})"


def _table(fields: tuple[Field, ...]) -> str:
    return f"array({', '.join(_row(check) for field in fields for check in checks(field))})"


_token = "to_json(try_element_at(object, c.field))"

_broken = f"""case
  when coalesce({_token}, 'null') = 'null' then c.required
  else not {_token} rlike c.token
    or coalesce(try_cast({_token} as double) < c.at_least, false)
    or coalesce(try_cast({_token} as double) > c.at_most, false)
    or (c.is_time and {instant(f'''trim(both '"' from {_token})''')} is null)
end"""

# A line of the original eventsim, or of Sparkify's logs, which it wrote.
_of_eventsim = "map_contains_key(object, 'ts') and map_contains_key(object, 'sessionId')"

_of_check = f"""case
  when got is null and broken.field = 'event_id' and {_of_eventsim} then
    'event_id is missing: this is a line of the original eventsim or of Sparkify; docs/importing.md says how such lines are sent'
  when got is null then concat(broken.field, ' is missing')
  when got = 'null' then concat(broken.field, ' is null, allowed: ', broken.allowed)
  else concat(broken.field, ' is ', if(length(got) > {_quoted_characters},
    concat(left(got, {_quoted_characters}), '…'), got), ', allowed: ', broken.allowed)
end"""


def with_reason(bad: DataFrame, contract: Contract) -> DataFrame:
    """Adds `reason` to rows that are not good: the first fault, in the order of the schema's fields."""
    return (
        bad.selectExpr("*", f"{text_of_value(contract)} as text")
        .selectExpr("*", f"{parsed_text} as parsed")
        .selectExpr("*", f"{event_of_text} as event")
        .selectExpr("*", "try_cast(event as map<string,variant>) as object")
        .selectExpr("*", f"get(filter({by_topic(contract, _table)}, c -> {_broken}), 0) as broken")
        .selectExpr("*", "to_json(try_element_at(object, broken.field)) as got")
        .selectExpr(
            "*",
            f"""case
              when text is null then {_not_text(contract.max_value_bytes)}
              when event is null then {_not_json}
              when {_json_type} <> 'OBJECT' then {_not_object}
              when broken is not null then {_of_check}
              else 'the event is not of its schema'
            end as reason""",
        )
    )
