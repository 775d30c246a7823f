{# The days that a model rewrites in this run, as the driver says: {"days": {"<model>": ["YYYY-MM-DD", …]}}, ascending. #}
{% macro days_of(model_name) %}
  {%- do return(var('days', {}).get(model_name, [])) -%}
{% endmacro %}

{% macro dates(days) -%}
  {% for day in days %}date'{{ day }}'{% if not loop.last %}, {% endif %}{% endfor %}
{%- endmacro %}

{# Literals, so that Spark reads the partitions of these days and no others. #}
{% macro in_days(column, days) -%}
  {% if days %}{{ column }} in ({{ dates(days) }}){% else %}false{% endif %}
{%- endmacro %}

{# Months that the run closes, ascending: their first days. #}
{% macro closing_months() %}
  {%- do return(var('closing_months', [])) -%}
{% endmacro %}

{# First day of the oldest month that is not closed: tables of months hold what is before, tables of days what is after. #}
{% macro open_from() -%}
  date'{{ var('open_from', '1970-01-01') }}'
{%- endmacro %}
