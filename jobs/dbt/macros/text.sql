{# Tidies text that a person typed: trimmed, single spaces within, null when empty. #}
{% macro tidy(column) -%}
  nullif(regexp_replace(trim({{ column }}), '\\s+', ' '), '')
{%- endmacro %}

{# Normalises a code: trimmed, in lower case. #}
{% macro code(column) -%}
  lower(trim({{ column }}))
{%- endmacro %}
