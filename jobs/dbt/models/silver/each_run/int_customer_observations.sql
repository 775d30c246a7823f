select
  event_id,
  trim(customer_id) as customer_id,
  event_time as observed_at,
  {{ tidy('first_name') }} as first_name,
  {{ tidy('last_name') }} as last_name,
  {{ code('gender') }} as gender,
  birth_year,
  registered_at,
  trim(home_location_id) as home_location_id,
  {{ code('level') }} as level,
  event_date
from ({{ accepted_events('auth_events') }})
where {{ code('action') }} = 'login' and succeeded
union all
select
  event_id,
  trim(customer_id),
  event_time,
  {{ tidy('first_name') }},
  {{ tidy('last_name') }},
  {{ code('gender') }},
  birth_year,
  if({{ code('change') }} = 'register', coalesce(registered_at, event_time), registered_at),
  trim(home_location_id),
  {{ code('level_after') }},
  event_date
from ({{ accepted_events('status_change_events') }})
