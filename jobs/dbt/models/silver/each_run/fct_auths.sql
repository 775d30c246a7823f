select
  {{ fact_identity() }},
  trim(event.session_id) as session_id,
  {{ code('event.action') }} as action,
  event.succeeded,
  {{ code('event.failure_reason') }} as failure_reason,
  trim(event.ip) as ip,
  {{ code('event.level') }} as level,
  {{ fact_lineage() }}
from ({{ accepted_events('auth_events') }}) as event
{{ fact_place() }}
