{# Hash of several values. Null counts as a value; no two different lists of values give the same text to hash. #}
{% macro surrogate_key(expressions) -%}
  md5(concat_ws('\u001f', {% for e in expressions %}coalesce('=' || cast({{ e }} as string), '-'){% if not loop.last %}, {% endif %}{% endfor %}))
{%- endmacro %}

{# Key of one version of a dimension's row; `valid_from` is a timestamp. #}
{% macro version_key(id, valid_from) -%}
  {{ surrogate_key([id, 'unix_micros(' ~ valid_from ~ ')']) }}
{%- endmacro %}

{# The `valid_from` of every first version. #}
{% macro beginning() -%}
  timestamp'1970-01-01 00:00:00'
{%- endmacro %}

{# Whether a version (an alias) is valid at a time. #}
{% macro holds_at(version, at) -%}
  {{ at }} >= {{ version }}.valid_from and ({{ version }}.valid_to is null or {{ at }} < {{ version }}.valid_to)
{%- endmacro %}
