select
  {{ fact_identity() }},
  {{ code('event.change') }} as change,
  {{ code('event.level_before') }} as level_before,
  {{ code('event.level_after') }} as level_after,
  {{ fact_lineage() }}
from ({{ accepted_events('status_change_events') }}) as event
{{ fact_place() }}
