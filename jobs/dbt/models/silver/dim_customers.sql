{%- set state = ['first_name', 'last_name', 'gender', 'birth_year', 'registered_at', 'home_location_id'] -%}

{# Customers that were never seen to log in get a version from their other events. #}
with seen as (
  select customer_id, level from {{ customer_totals() }}
)

select customer_key, customer_id, {{ state | join(', ') }}, level, valid_from, valid_to, is_current
from {{ ref('int_customer_versions') }}
union all
select
  {{ version_key('customer_id', beginning()) }},
  customer_id,
  null, null, null, null, null, null,
  coalesce(level, 'free'),
  {{ beginning() }},
  cast(null as timestamp),
  true
from seen left anti join {{ ref('int_customer_versions') }} using (customer_id)
