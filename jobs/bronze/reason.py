"""Why a record is in quarantine, in words. Evaluated for the few that are: it parses them once more."""

from __future__ import annotations

from contract import Contract
from parse import text_of_value
from rules import literal, rule_numbers

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


def _looked_up(contract: Contract, attribute: str) -> str:
    """SQL of an attribute of the rule that the event broke."""
    rules = [rule for rules in rule_numbers(contract).values() for rule in rules.values()]
    entries = ", ".join(literal(getattr(rule, attribute)) for rule in rules)
    return f"element_at(array({entries}), fault)"


def reason_columns(contract: Contract) -> list[list[str]]:
    """
    Projections to apply one after another to the rows with a fault, until there is a column `reason`. The table of
    rules is looked up by number, so the generated code stays short however many rules there are.
    """
    limit = _quoted_characters
    broken = f"""case
      when value is null then concat(field, ' is missing')
      when is_variant_null(value) then concat(field, ' is null, allowed: ', allowed)
      else concat(field, ' is ', if(length(quoted) > {limit}, concat(left(quoted, {limit}), '…'), quoted),
                  ', allowed: ', allowed)
    end"""
    return [
        ["*", f"{text_of_value(contract)} as text"],
        [
            "*",
            f"if(fault > 0, {_looked_up(contract, 'field')}, null) as field",
            f"if(fault > 0, {_looked_up(contract, 'allowed')}, null) as allowed",
        ],
        ["*", "try_element_at(try_cast(event as map<string,variant>), field) as value"],
        ["*", "to_json(value) as quoted"],
        [
            "*",
            f"""case
              when text is null then {_not_text(contract.max_value_bytes)}
              when event is null then {_not_json}
              when {_json_type} <> 'OBJECT' then {_not_object}
              else {broken}
            end as reason""",
        ],
    ]
