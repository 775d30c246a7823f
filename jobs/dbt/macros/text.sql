{# Text as a person typed it: no space around it, one space within, null when nothing is left. #}
{% macro tidy(column) -%}
  nullif(regexp_replace(trim({{ column }}), '\\s+', ' '), '')
{%- endmacro %}

{# A code: no space around it, lower case. #}
{% macro code(column) -%}
  lower(trim({{ column }}))
{%- endmacro %}
