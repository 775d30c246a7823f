select
  customer_id, changed_at, first_name, last_name, gender, birth_year, registered_at, home_location_id, level,
  cast(trunc(event_date, 'MM') as date) as event_month
from {{ ref('int_customer_changes') }}
where event_date >= {{ open_from() }} and {{ in_days("cast(trunc(event_date, 'MM') as date)", closing_months()) }}
