{# Price of one unit in the lake's currency. Null, which a test refuses, when the catalogue has none. #}
{% macro rate_of(currency, rate) -%}
  cast(if({{ currency }} = '{{ lake_currency() }}', 1, {{ rate }}) as decimal(18,8))
{%- endmacro %}

{# Decimal from end to end; Spark's round is half up. #}
{% macro in_euro(amount, currency, rate) -%}
  cast(round({{ amount }} * {{ rate_of(currency, rate) }}, 2) as decimal(18,2))
{%- endmacro %}

{# Sum of a decimal(18,2) as the double nearest to it, whole cents; 0 for none. #}
{% macro whole_cents(amount) -%}
  cast(coalesce({{ amount }}, 0) as double)
{%- endmacro %}
