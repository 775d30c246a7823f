select
  {{ fact_identity() }},
  trim(event.session_id) as session_id,
  {{ code('event.page') }} as page,
  upper(trim(event.method)) as method,
  event.status,
  event.status >= 400 as is_error,
  {{ code('event.level') }} as level,
  {{ fact_lineage() }}
from ({{ accepted_events('page_view_events') }}) as event
{{ fact_place() }}
