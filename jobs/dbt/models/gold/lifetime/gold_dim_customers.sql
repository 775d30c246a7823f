with customers as (
  select
    total.customer_id,
    customer.first_name,
    customer.last_name,
    coalesce(customer.level, total.level, 'free') as level,
    customer.registered_at,
    customer.home_location_id,
    total.last_active_date,
    total.active_days,
    total.listens,
    total.listened_ms / 1000.0D as listened_seconds,
    total.transactions,
    {{ whole_cents('total.total_amount') }} as total_amount,
    total.fraud_alerts,
    coalesce(cast(total.fraud_alerts as double) / nullif(total.purchases, 0), 0) as fraud_rate
  from {{ ref('int_customer_totals') }} as total
  {# A customer who is new since silver last built its dimensions is not in them yet. #}
  left join {{ ref('dim_customers') }} as customer
    on customer.customer_id = total.customer_id and customer.is_current
)

select
  customer_id, first_name, last_name, level, registered_at, home_location_id, last_active_date, active_days, listens,
  listened_seconds, transactions, total_amount, fraud_alerts,
  {{ risk_class('0', 'fraud_rate') }} as risk
from customers
