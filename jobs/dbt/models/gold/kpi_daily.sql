with days as (
  select
    event_date,
    count(*) as active_customers,
    count_if(was_free) as free_customers,
    sum(sessions) as sessions,
    sum(listens) as listens,
    sum(listened_ms) as listened_ms,
    sum(page_views) as page_views,
    sum(logins) as logins,
    sum(failed_logins) as failed_logins,
    sum(registrations) as registrations,
    sum(upgrades) as upgrades,
    sum(downgrades) as downgrades,
    sum(cancellations) as cancellations,
    sum(transactions) as transactions,
    sum(total_amount) as revenue,
    sum(refund_amount) as refund_amount,
    sum(chargeback_amount) as chargeback_amount,
    sum(fraud_alerts) as fraud_alerts,
    sum(purchases) as purchases
  from {{ ref('int_customer_days') }}
  where {{ in_days('event_date', days_of(model.name)) }}
  group by event_date
)

select
  active_customers,
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
  transactions,
  {{ whole_cents('revenue') }} as revenue,
  {{ whole_cents('refund_amount') }} as refund_amount,
  {{ whole_cents('chargeback_amount') }} as chargeback_amount,
  fraud_alerts,
  cast(fraud_alerts as double) / nullif(purchases, 0) as fraud_rate,
  event_date
from days
