{%- set days = days_of(model.name) -%}

with events as (
  select event.*, score.fraud_score, coalesce(score.is_flagged, false) as is_flagged
  from {{ ref('fct_transactions') }} as event
  left join {{ ref('int_purchase_scores') }} as score
    on score.event_id = event.event_id and {{ in_days('score.event_date', days) }}
  where {{ in_days('event.event_date', days) }}
)

select
  merchant_id,
  event_date,
  count_if(kind = 'purchase' and status = 'approved') as transactions,
  cast(coalesce(sum(amount) filter (where kind = 'purchase' and status = 'approved'), 0) as decimal(18,2)) as total_amount,
  count_if(kind = 'purchase') as purchases,
  count_if(kind = 'chargeback') as chargebacks,
  count_if(is_flagged) as fraud_alerts,
  count_if(kind = 'purchase' and status = 'declined') as declined,
  count(distinct case when kind = 'purchase' and status = 'approved' then customer_id end) as customers,
  count_if(kind = 'refund') as refunds,
  cast(coalesce(sum(amount) filter (where kind = 'refund'), 0) as decimal(18,2)) as refund_amount,
  cast(coalesce(sum(amount) filter (where kind = 'chargeback'), 0) as decimal(18,2)) as chargeback_amount,
  cast(coalesce(avg(fraud_score), 0) as decimal(18,8)) as mean_fraud_score
from events
group by merchant_id, event_date
