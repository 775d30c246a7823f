with new_rows as (
  select
    event_id, event_time, customer_id, merchant_id, amount, status,
    cast(fraud_score as float) as fraud_score,
    rules, evidence, scored_at, event_date
  from {{ ref('fct_purchase_scores') }}
  where is_flagged
)

select * from new_rows
union all
select event_id, event_time, customer_id, merchant_id, amount, status, fraud_score, rules, evidence, scored_at, event_date
from {{ source('before', 'fct_fraud_alerts') }}
where event_date in (select event_date from new_rows)
