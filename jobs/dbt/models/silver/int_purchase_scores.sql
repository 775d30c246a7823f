select
  event_id, event_time, customer_id, merchant_id, amount, status,
  cast(0 as decimal(18,8)) as fraud_score,
  false as is_flagged,
  cast(array() as array<string>) as rules,
  '{}' as evidence,
  event_date
from {{ ref('fct_transactions') }}
where kind = 'purchase' and {{ in_days('event_date', days_of(model.name)) }}
