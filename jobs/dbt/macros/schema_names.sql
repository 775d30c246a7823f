{# Schemas are `silver` and `gold` as they stand, not prefixed with the target's. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
  {{ custom_schema_name or target.schema }}
{%- endmacro %}
