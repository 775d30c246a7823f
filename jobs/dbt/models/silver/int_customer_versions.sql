{%- set state = ['first_name', 'last_name', 'gender', 'birth_year', 'registered_at', 'home_location_id', 'level'] -%}

with changes as (
  select customer_id, changed_at, {{ state | join(', ') }}
  from {{ source('closed', 'int_customer_closed_changes') }}
  where event_month < {{ open_from() }}
  union all
  select customer_id, changed_at, {{ state | join(', ') }}
  from {{ ref('int_customer_changes') }}
  where event_date >= {{ open_from() }}
),

versions as (
  select
    *,
    lag(changed_at) over history is null as is_first,
    lead(changed_at) over history as valid_to
  from changes
  window history as (partition by customer_id order by changed_at)
)

select
  {{ version_key('customer_id', 'valid_from') }} as customer_key,
  customer_id, {{ state | join(', ') }}, valid_from, valid_to, valid_to is null as is_current
from (select *, if(is_first, {{ beginning() }}, changed_at) as valid_from from versions)
