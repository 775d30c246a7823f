{# Price of one unit of a currency in the lake's currency. #}
{% macro rate_of(currency, rate) -%}
  cast(if({{ currency }} = '{{ lake_currency() }}', 1, {{ rate }}) as decimal(18,8))
{%- endmacro %}

{# Computed in decimals only; Spark's round is half up. #}
{% macro in_euro(amount, currency, rate) -%}
  cast(round({{ amount }} * {{ rate_of(currency, rate) }}, 2) as decimal(18,2))
{%- endmacro %}

{# A sum of decimal(18,2) as the nearest double, which is in whole cents; 0 for null. #}
{% macro whole_cents(amount) -%}
  cast(coalesce({{ amount }}, 0) as double)
{%- endmacro %}

{# The decimal that such a double stands for, so that its sums are exact. #}
{% macro exact_cents(amount) -%}
  cast(round({{ amount }}, 2) as decimal(18,2))
{%- endmacro %}

{#
  Exchange rates of `days` (a relation with event_date) by currency: the day's rate, else the newest one before it, else the first
  rate of all.
#}
{% macro rates_of_days(days, rates) -%}
  select
    days.event_date,
    upper(trim(rates.currency)) as currency,
    coalesce(
      max_by(rates.rate, rates.rate_date) filter (where rates.rate_date <= days.event_date),
      min_by(rates.rate, rates.rate_date)
    ) as rate
  from {{ days }} as days cross join {{ rates }} as rates
  group by days.event_date, upper(trim(rates.currency))
{%- endmacro %}
