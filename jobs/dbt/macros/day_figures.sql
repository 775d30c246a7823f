{# The columns of a day's figures that are sums. #}
{% macro day_sums() %}
  {%- do return([
    'events', 'active_customers', 'free_customers', 'sessions', 'listens', 'listened_ms', 'page_views', 'logins',
    'failed_logins', 'registrations', 'upgrades', 'downgrades', 'cancellations', 'purchases', 'transactions', 'revenue',
    'refund_amount', 'chargeback_amount', 'fraud_alerts',
  ]) -%}
{% endmacro %}

{# Columns of one source of a day's figures: those in `given`; the others are 0. #}
{% macro day_figures(given, day='event_date') -%}
  {%- set money = ['revenue', 'refund_amount', 'chargeback_amount'] -%}
  {{ day }} as event_date
  {%- for column in day_sums() %},
  {{ given.get(column, 'cast(0 as decimal(18,2))' if column in money else '0') }} as {{ column }}
  {%- endfor %}
{%- endmacro %}
