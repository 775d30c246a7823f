{#
  How every table is written: into the run's staging folder, to which the driver has attached it. dbt's tests read it there, and the
  driver puts it in place when they have passed. Columns are those of lake/tables.

  A table that is appended to is partitioned by its day column, which is then only in the folder's name. A table with one file a day
  is partitioned by a copy of the day, so that the day itself stays in the file.
#}
{% materialization staged, adapter='spark' %}
  {%- set storage, cut_by = config.get('meta').storage, config.get('meta').cut_by -%}
  {%- set is_by_copy = storage in ['by_day', 'keys'] -%}
  {%- set partition = 'file_day' if is_by_copy else cut_by -%}

  {% call statement('main') %}
    insert overwrite table {{ this }}{% if partition %} partition ({{ partition }}){% endif %}
    select /*+ {{ 'repartition(' ~ cut_by ~ ')' if is_by_copy else 'coalesce(' ~ var('files', 1) ~ ')' }} */
      {{ model.columns.keys() | join(', ') }}{% if is_by_copy %}, {{ cut_by }} as file_day{% endif %}
    from ({{ compiled_code }})
  {% endcall %}

  {{ return({'relations': [this]}) }}
{% endmaterialization %}

{#
  For what only the run's own models read: a file beside the staged ones, which is removed with them. If it were in memory or a view,
  each statement that reads it would plan and print its whole query again.
#}
{% materialization scratch, adapter='spark' %}
  {% call statement() %}drop table if exists {{ this }}{% endcall %}
  {% call statement('main') %}create table {{ this }} using parquet as {{ compiled_code }}{% endcall %}
  {{ return({'relations': [this]}) }}
{% endmaterialization %}
