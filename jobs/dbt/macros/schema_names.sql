{#
  Schemas are `silver` and `gold` as they stand, not prefixed with the target's. What the other layer has written is in views of the
  driver's: it says which rows are new. What only the run itself reads has a schema of its own.
#}
{% macro generate_schema_name(custom_schema_name, node) -%}
  {%- if node.config.materialized == 'scratch' -%}
    {{ var('scratch') }}
  {%- elif var('layer') == 'gold' and custom_schema_name == 'silver' -%}
    global_temp
  {%- else -%}
    {{ custom_schema_name or target.schema }}
  {%- endif -%}
{%- endmacro %}

{# The driver has made them; `global_temp` is Spark's own. #}
{% macro spark__create_schema(relation) -%}
{%- endmacro %}
