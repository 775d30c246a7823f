{%- set days = days_of(model.name) -%}
{%- set zero = 'cast(0 as decimal(18,2))' -%}

{# One row an event: what it was, and the figures that only some have. #}
with events as (
  select customer_id, event_date, event_time, session_id, level, 'listen' as what,
    cast(round(listened_seconds * 1000) as bigint) as listened_ms, {{ zero }} as amount
  from {{ ref('fct_listens') }} where {{ in_days('event_date', days) }}
  union all
  select customer_id, event_date, event_time, session_id, level, 'page_view', 0, {{ zero }}
  from {{ ref('fct_page_views') }} where {{ in_days('event_date', days) }}
  union all
  select customer_id, event_date, event_time, session_id, level,
    if(action = 'login', if(succeeded, 'login', 'failed_login'), action), 0, {{ zero }}
  from {{ ref('fct_auths') }} where {{ in_days('event_date', days) }}
  union all
  select customer_id, event_date, event_time, null, level_after, change, 0, {{ zero }}
  from {{ ref('fct_status_changes') }} where {{ in_days('event_date', days) }}
  union all
  select customer_id, event_date, event_time, session_id, null,
    if(kind = 'purchase', status, kind), 0, amount
  from {{ ref('fct_transactions') }} where {{ in_days('event_date', days) }}
  union all
  select customer_id, event_date, event_time, null, null, 'fraud_alert', 0, {{ zero }}
  from {{ ref('int_purchase_scores') }} where {{ in_days('event_date', days) }} and is_flagged
)

select
  customer_id,
  event_date,
  max_by(level, struct(event_time, level)) filter (where level is not null) as level,
  count_if(what = 'listen') as listens,
  sum(listened_ms) as listened_ms,
  count_if(what = 'approved') as transactions,
  cast(coalesce(sum(amount) filter (where what = 'approved'), 0) as decimal(18,2)) as total_amount,
  count_if(what in ('approved', 'declined')) as purchases,
  count_if(what = 'fraud_alert') as fraud_alerts,
  {# A customer who upgrades was free before. #}
  bool_or(coalesce(level = 'free', false) or what = 'upgrade') as was_free,
  cast(size(collect_set(session_id)) as bigint) as sessions,
  count_if(what = 'page_view') as page_views,
  count_if(what = 'login') as logins,
  count_if(what = 'failed_login') as failed_logins,
  count_if(what = 'register') as registrations,
  count_if(what = 'upgrade') as upgrades,
  count_if(what = 'downgrade') as downgrades,
  count_if(what = 'cancel') as cancellations,
  cast(coalesce(sum(amount) filter (where what = 'refund'), 0) as decimal(18,2)) as refund_amount,
  cast(coalesce(sum(amount) filter (where what = 'chargeback'), 0) as decimal(18,2)) as chargeback_amount
from events
group by customer_id, event_date
