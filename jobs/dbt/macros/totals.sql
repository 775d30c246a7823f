{#
  Lifetime figures: those at the end of the newest closed month, and the days since. With `until`, a date, no later days.
  Returns a subquery of one row a customer or merchant.
#}
{% macro totals(days_model, totals_model, id, sums, until=none) -%}
  select
    {{ id }},
    {% if id == 'customer_id' -%}
    max_by(level, as_of) filter (where level is not null) as level,
    cast(sum(active_days) as bigint) as active_days,
    max(as_of) as last_active_date,
    {%- endif %}
    {% for column in sums -%}
    cast(sum({{ column }}) as {{ 'decimal(18,2)' if column == 'total_amount' else 'bigint' }}) as {{ column }}{% if not loop.last %}, {% endif %}
    {%- endfor %}
  from (
    select {{ id }}, {{ sums | join(', ') }}
      {%- if id == 'customer_id' %}, level, active_days, last_active_date as as_of{% endif %}
    from {{ source('closed', totals_model) }}
    where {% if var('base_month', none) %}event_month = date'{{ var('base_month') }}'{% else %}false{% endif %}
    union all
    select {{ id }}, {{ sums | join(', ') }}
      {%- if id == 'customer_id' %}, level, 1 as active_days, event_date as as_of{% endif %}
    from {{ ref(days_model) }}
    where event_date >= {{ open_from() }}{% if until %} and event_date <= {{ until }}{% endif %}
  )
  group by {{ id }}
{%- endmacro %}

{% macro customer_totals(until=none) -%}
  ({{ totals(
    'int_customer_days', 'int_customer_totals', 'customer_id',
    ['listens', 'listened_ms', 'transactions', 'total_amount', 'purchases', 'fraud_alerts'], until
  ) }})
{%- endmacro %}

{% macro merchant_totals(until=none) -%}
  ({{ totals(
    'int_merchant_days', 'int_merchant_totals', 'merchant_id',
    ['transactions', 'total_amount', 'purchases', 'chargebacks', 'fraud_alerts'], until
  ) }})
{%- endmacro %}
