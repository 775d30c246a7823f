{#
  Each new row of silver's facts must add one event to its day's figures. The test finds a build that lost a row or counted one
  twice.
#}
with counted as (
  select event_date, sum(events) as events
  from (
    select event_date, events from {{ ref('kpi_daily') }}
    union all
    select event_date, -events from {{ source('before', 'kpi_daily') }}
    where event_date in (select event_date from {{ ref('kpi_daily') }})
  )
  group by event_date
),

new_rows as (
  select event_date, count(*) as events
  from (
    {% for fact in ['fct_listens', 'fct_page_views', 'fct_auths', 'fct_status_changes', 'fct_transactions'] %}
    select event_date from {{ ref(fact) }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
  )
  group by event_date
)

select
  coalesce(counted.event_date, new_rows.event_date) as day,
  coalesce(new_rows.events, 0) as new_events,
  coalesce(counted.events, 0) as counted_events
from counted full outer join new_rows on new_rows.event_date = counted.event_date
where coalesce(counted.events, 0) <> coalesce(new_rows.events, 0)
