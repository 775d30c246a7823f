{# Each closed month holds all that was before it too, so that readers need the newest one only. #}
{% for month in closing_months() -%}
select *, date'{{ month }}' as event_month from {{ customer_totals("last_day(date'" ~ month ~ "')") }}
{% if not loop.last %}union all{% endif %}
{% else -%}
select *, {{ open_from() }} as event_month from {{ customer_totals() }} where false
{%- endfor %}
