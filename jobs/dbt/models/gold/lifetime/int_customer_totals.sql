{%- set sums = ['listens', 'listened_ms', 'transactions', 'total_amount', 'purchases', 'fraud_alerts'] -%}
{%- set no_money = 'cast(0 as decimal(18,2))' -%}

{# One row for each event, with what it adds to its customer's figures. #}
with new_rows as (
  select
    customer_id, event_date, level, event_time as level_at,
    1 as listens, cast(round(listened_seconds * 1000) as bigint) as listened_ms,
    0 as transactions, {{ no_money }} as total_amount, 0 as purchases, 0 as fraud_alerts
  from {{ ref('fct_listens') }}
  union all
  select customer_id, event_date, level, event_time, 0, 0, 0, {{ no_money }}, 0, 0 from {{ ref('fct_page_views') }}
  union all
  select customer_id, event_date, level, event_time, 0, 0, 0, {{ no_money }}, 0, 0 from {{ ref('fct_auths') }}
  union all
  select customer_id, event_date, level_after, event_time, 0, 0, 0, {{ no_money }}, 0, 0 from {{ ref('fct_status_changes') }}
  union all
  select
    customer_id, event_date, null, null, 0, 0,
    int(kind = 'purchase' and status = 'approved'),
    if(kind = 'purchase' and status = 'approved', amount, 0),
    int(kind = 'purchase'),
    0
  from {{ ref('fct_transactions') }}
  union all
  select customer_id, event_date, null, null, 0, 0, 0, {{ no_money }}, 0, 1
  from {{ ref('fct_purchase_scores') }}
  where is_flagged
  union all
  select customer_id, null, null, null, 0, 0, 0, if(kind = 'purchase' and status = 'approved', amount, 0), 0, 0
  from {{ ref('int_amount_corrections') }}
),

added as (
  select
    customer_id,
    max(struct(level_at, level)) filter (where level is not null) as newest_level,
    collect_set(event_date) as days,
    {% for column in sums %}sum({{ column }}) as {{ column }}{{ ', ' if not loop.last }}{% endfor %}
  from new_rows
  group by customer_id
),

together as (
  select
    coalesce(before.customer_id, added.customer_id) as customer_id,
    greatest(
      if(before.level is null, null, struct(before.level_at, before.level)),
      added.newest_level
    ) as newest_level,
    coalesce(before.active_days, 0) + size(array_except(coalesce(added.days, array()), coalesce(before.recent_days, array())))
      as active_days,
    sort_array(array_union(coalesce(before.recent_days, array()), coalesce(added.days, array()))) as all_days,
    {% for column in sums %}
    coalesce(before.{{ column }}, 0) + coalesce(added.{{ column }}, 0) as {{ column }}{{ ', ' if not loop.last }}
    {% endfor %}
  from {{ source('before', 'int_customer_totals') }} as before
  full outer join added on added.customer_id = before.customer_id
)

select
  customer_id,
  newest_level.level as level,
  newest_level.level_at as level_at,
  array_max(all_days) as last_active_date,
  active_days,
  {# A new row may be of any day back to the late limit before the newest one, but of no earlier day. #}
  filter(all_days, day -> day >= date_sub(array_max(all_days), {{ late_limit_days() }} + 2)) as recent_days,
  listens,
  listened_ms,
  transactions,
  cast(total_amount as decimal(18,2)) as total_amount,
  purchases,
  fraud_alerts
from together
