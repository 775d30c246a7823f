select
  event_id,
  event_time,
  customer_id,
  merchant_id,
  amount,
  status,
  cast(fraud_score as float) as fraud_score,
  rules,
  evidence,
  event_date
from {{ ref('int_purchase_scores') }}
where is_flagged and {{ in_days('event_date', days_of(model.name)) }}
