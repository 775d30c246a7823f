select
  merchant_id,
  transactions,
  declined,
  customers,
  {{ whole_cents('total_amount') }} as total_amount,
  refunds,
  {{ whole_cents('refund_amount') }} as refund_amount,
  chargebacks,
  {{ whole_cents('chargeback_amount') }} as chargeback_amount,
  fraud_alerts,
  cast(mean_fraud_score as float) as fraud_score,
  event_date
from {{ ref('int_merchant_days') }}
where {{ in_days('event_date', days_of(model.name)) }}
