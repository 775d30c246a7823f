{#
  The one way in which a model is written: it rewrites the partitions of its days, or all of a table without days, and nothing
  else. The table is attached already, with the columns of lake/tables.

  dbt-spark's `incremental` gives the same files with four statements a model; a run has seconds for all of them.
#}
{% materialization overwrite, adapter='spark' %}
  {%- set column = config.get('partition_by')[0] if config.get('partition_by') -%}
  {%- set written = closing_months() if column == 'event_month' else days_of(model.name) -%}

  {% if column and not written %}
    {% call noop_statement('main', 'nothing to write') %}{% endcall %}
  {% else %}
    {% if column %}
      {# The catalog forgets them, so that one that gets no row is known to be gone. #}
      {% call statement() %}
        alter table {{ this }} drop if exists
        {% for day in written %}partition ({{ column }} = date'{{ day }}'){% if not loop.last %}, {% endif %}{% endfor %}
      {% endcall %}
    {% endif %}
    {# One file a partition; Spark makes more of one that would be very large. #}
    {% call statement('main') %}
      insert overwrite table {{ this }}{% if column %} partition ({{ column }}){% endif %}
      select /*+ rebalance{% if column %}({{ column }}){% endif %} */ {{ model.columns.keys() | join(', ') }}
      from ({{ compiled_code }})
    {% endcall %}
  {% endif %}

  {{ return({'relations': [this]}) }}
{% endmaterialization %}
