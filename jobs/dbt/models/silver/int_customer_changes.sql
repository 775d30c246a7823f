{%- set days = days_of(model.name) -%}
{%- set state = ['first_name', 'last_name', 'gender', 'birth_year', 'registered_at', 'home_location_id', 'level'] -%}

{# What was known of each customer before the first of the days. #}
with before as (
  select customer_id, max_by(struct(changed_at, {{ state | join(', ') }}), changed_at) as known
  from (
    select customer_id, changed_at, {{ state | join(', ') }}
    from {{ source('closed', 'int_customer_closed_changes') }}
    where event_month < {{ open_from() }}
    union all
    select customer_id, changed_at, {{ state | join(', ') }}
    from {{ this }}
    where event_date >= {{ open_from() }} and event_date < date'{{ days[0] if days else '1970-01-01' }}'
  )
  group by customer_id
),

observed as (
  select
    customer_id, event_time as observed_at, event_id,
    {{ tidy('first_name') }} as first_name,
    {{ tidy('last_name') }} as last_name,
    {{ code('gender') }} as gender,
    birth_year,
    registered_at,
    trim(home_location_id) as home_location_id,
    {{ code('level') }} as level
  from ({{ accepted_events('auth_events', days) }})
  where {{ code('action') }} = 'login' and succeeded
  union all
  select
    customer_id, event_time, event_id,
    {{ tidy('first_name') }},
    {{ tidy('last_name') }},
    {{ code('gender') }},
    birth_year,
    if({{ code('change') }} = 'register', coalesce(registered_at, event_time), registered_at),
    trim(home_location_id),
    {{ code('level_after') }}
  from ({{ accepted_events('status_change_events', days) }})
),

timeline as (
  select customer_id, known.changed_at as observed_at, '' as event_id, {% for c in state %}known.{{ c }}, {% endfor %}false as is_new
  from before
  union all
  select customer_id, observed_at, event_id, {{ state | join(', ') }}, true from observed
),

{# An event without a profile leaves what was known. #}
filled as (
  select
    customer_id, observed_at, is_new,
    {% for c in state %}last_value({{ c }}) ignore nulls over known as {{ c }}, {% endfor %}
    row_number() over (partition by customer_id, observed_at order by event_id desc) as from_last
  from timeline
  window known as (partition by customer_id order by observed_at, event_id rows between unbounded preceding and current row)
),

compared as (
  select
    *,
    struct({{ state | join(', ') }}) as now,
    lag(struct({{ state | join(', ') }})) over (partition by customer_id order by observed_at) as previous
  from filled
  where from_last = 1
)

select customer_id, observed_at as changed_at, {{ state | join(', ') }}, cast(observed_at as date) as event_date
from compared
where is_new and not (now <=> previous)
