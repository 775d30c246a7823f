{#
  Rebuilds the versions of customers with new observations, from the first day that has a new observation on. Earlier versions, and
  all other customers, stay as they are.
#}
{%- set state = ['first_name', 'last_name', 'gender', 'birth_year', 'registered_at', 'home_location_id', 'level'] -%}

with observed as (
  select customer_id from {{ source('added', 'int_customer_observations') }} group by customer_id
),

{# All observations since that day; the driver reads no older ones. #}
observations as (
  select observation.*
  from {{ source('before', 'int_customer_observations') }} as observation
  left semi join observed on observed.customer_id = observation.customer_id
),

first_day as (
  select cast(min(event_date) as timestamp) as begins
  from {{ source('added', 'int_customer_observations') }}
),

kept as (
  select version.*
  from {{ source('before', 'dim_customers') }} as version cross join first_day
  left semi join observed on observed.customer_id = version.customer_id
  where not version.is_inferred and version.valid_from < first_day.begins
),

timeline as (
  select customer_id, valid_from as observed_at, '' as event_id, {{ state | join(', ') }}, false as is_new
  from kept
  union all
  select customer_id, observed_at, event_id, {{ state | join(', ') }}, true
  from observations
),

{# An event without a profile keeps the values known before. #}
filled as (
  select
    customer_id, observed_at,
    {% for c in state %}last_value({{ c }}) ignore nulls over known as {{ c }}, {% endfor %}
    row_number() over (partition by customer_id, observed_at order by event_id desc) as from_last
  from timeline
  window known as (partition by customer_id order by observed_at, event_id rows between unbounded preceding and current row)
),

compared as (
  select
    *,
    lag(observed_at) over (partition by customer_id order by observed_at) is null as is_first,
    struct({{ state | join(', ') }}) as now,
    lag(struct({{ state | join(', ') }})) over (partition by customer_id order by observed_at) as previous
  from filled
  where from_last = 1
),

versions as (
  select
    customer_id, {{ state | join(', ') }},
    if(is_first, {{ beginning() }}, observed_at) as valid_from
  from compared
  where is_first or not (now <=> previous)
),

observed_customers as (
  select
    {{ version_key('customer_id', 'valid_from') }} as customer_key,
    customer_id, {{ state | join(', ') }},
    false as is_inferred,
    valid_from,
    lead(valid_from) over (partition by customer_id order by valid_from) as valid_to
  from versions
),

other_customers as (
  select version.*
  from {{ source('before', 'dim_customers') }} as version
  left anti join observed on observed.customer_id = version.customer_id
),

{# Customers known only from events without observations. #}
inferred as (
  select customer_id
  from (
    {% for fact in ['fct_listens', 'fct_page_views', 'fct_auths', 'fct_status_changes', 'fct_transactions'] %}
    select customer_id from {{ source('added', fact) }}
    {% if not loop.last %}union{% endif %}
    {% endfor %}
  )
  left anti join observed using (customer_id)
  left anti join other_customers using (customer_id)
)

select
  customer_key, customer_id, first_name, last_name, gender, birth_year, registered_at, home_location_id, level, is_inferred,
  valid_from, valid_to, valid_to is null as is_current
from observed_customers
union all
select
  customer_key, customer_id, first_name, last_name, gender, birth_year, registered_at, home_location_id, level, is_inferred,
  valid_from, valid_to, is_current
from other_customers
union all
select
  {{ version_key('customer_id', beginning()) }},
  customer_id,
  null, null, null, null, null, null, null,
  true,
  {{ beginning() }},
  cast(null as timestamp),
  true
from inferred
