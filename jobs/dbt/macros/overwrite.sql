{# Pre-hook: the catalog forgets the partitions that the model is about to write, so that one that gets no row is gone. #}
{% macro forget_partitions() %}
  {%- set column = config.get('partition_by')[0] if config.get('partition_by') -%}
  {%- set written = closing_months() if column == 'event_month' else days_of(model.name) -%}
  {%- if column and written -%}
    alter table {{ this }} drop if exists
    {% for day in written %}partition ({{ column }} = date'{{ day }}'){% if not loop.last %}, {% endif %}{% endfor %}
  {%- endif -%}
{% endmacro %}

{# dbt-spark's own, with one file for each partition (more only when one would be very large). #}
{% macro get_insert_overwrite_sql(source_relation, target_relation, existing_relation) %}
  {%- set columns = model.columns.keys() | join(', ') -%}
  insert overwrite table {{ target_relation }} {{ partition_cols(label='partition') }}
  select /*+ rebalance{% if config.get('partition_by') %}({{ config.get('partition_by') | join(', ') }}){% endif %} */ {{ columns }}
  from {{ source_relation }}
{% endmacro %}
