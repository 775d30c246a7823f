with new_rows as (
  select {{ day_figures({'events': '1', 'listens': '1', 'listened_ms': 'cast(round(listened_seconds * 1000) as bigint)'}) }}
  from {{ ref('fct_listens') }}
  union all
  select {{ day_figures({'events': '1', 'page_views': '1'}) }}
  from {{ ref('fct_page_views') }}
  union all
  select {{ day_figures({
    'events': '1',
    'logins': "int(action = 'login' and succeeded)",
    'failed_logins': "int(action = 'login' and not succeeded)",
  }) }}
  from {{ ref('fct_auths') }}
  union all
  select {{ day_figures({
    'events': '1',
    'registrations': "int(change = 'register')",
    'upgrades': "int(change = 'upgrade')",
    'downgrades': "int(change = 'downgrade')",
    'cancellations': "int(change = 'cancel')",
  }) }}
  from {{ ref('fct_status_changes') }}
  union all
  select {{ day_figures({
    'events': '1',
    'purchases': "int(kind = 'purchase')",
    'transactions': "int(kind = 'purchase' and status = 'approved')",
    'revenue': "if(kind = 'purchase' and status = 'approved', amount, 0)",
    'refund_amount': "if(kind = 'refund' and status = 'approved', amount, 0)",
    'chargeback_amount': "if(kind = 'chargeback' and status = 'approved', amount, 0)",
  }) }}
  from {{ ref('fct_transactions') }}
  union all
  select {{ day_figures({'fraud_alerts': 'int(is_flagged)'}) }}
  from {{ ref('fct_purchase_scores') }}
  union all
  select {{ day_figures({
    'revenue': "if(kind = 'purchase' and status = 'approved', amount, 0)",
    'refund_amount': "if(kind = 'refund' and status = 'approved', amount, 0)",
    'chargeback_amount': "if(kind = 'chargeback' and status = 'approved', amount, 0)",
  }) }}
  from {{ ref('int_amount_corrections') }}
  union all
  select {{ day_figures({
    'active_customers': "int(kind = 'customer')",
    'free_customers': "int(kind = 'free customer')",
    'sessions': "int(kind = 'visit')",
  }, 'day') }}
  from {{ ref('int_seen_keys') }}
  where kind in ('customer', 'free customer', 'visit')
),

together as (
  select * from new_rows
  union all
  select
    event_date, events, active_customers, free_customers, sessions, listens,
    cast(round(listened_hours * 3600000) as bigint),
    page_views, logins, failed_logins, registrations, upgrades, downgrades, cancellations, purchases, transactions,
    {{ exact_cents('revenue') }}, {{ exact_cents('refund_amount') }}, {{ exact_cents('chargeback_amount') }}, fraud_alerts
  from {{ source('before', 'kpi_daily') }}
  where event_date in (select event_date from new_rows)
),

days as (
  select event_date, {% for column in day_sums() %}sum({{ column }}) as {{ column }}{{ ', ' if not loop.last }}{% endfor %}
  from together
  group by event_date
)

select
  events,
  active_customers,
  free_customers,
  sessions,
  listens,
  listened_ms / 3600000.0D as listened_hours,
  page_views,
  logins,
  failed_logins,
  registrations,
  upgrades,
  downgrades,
  cancellations,
  cast(upgrades as double) / nullif(free_customers, 0) as conversion_rate,
  cast(cancellations as double) / nullif(active_customers, 0) as churn_rate,
  purchases,
  transactions,
  {{ whole_cents('revenue') }} as revenue,
  {{ whole_cents('refund_amount') }} as refund_amount,
  {{ whole_cents('chargeback_amount') }} as chargeback_amount,
  fraud_alerts,
  cast(fraud_alerts as double) / nullif(purchases, 0) as fraud_rate,
  event_date
from days
