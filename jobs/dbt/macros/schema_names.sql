{#
  Schemas are called `silver` and `gold`, without the target's prefix. Tables of the other layer are views that the driver registers,
  because it knows which rows are new. Models that only the run itself reads have a separate schema.
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

{# The driver creates the schemas; `global_temp` is Spark's own. #}
{% macro spark__create_schema(relation) -%}
{%- endmacro %}
