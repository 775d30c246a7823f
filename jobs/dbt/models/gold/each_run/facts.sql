{%- set no_money = 'cast(0 as decimal(18,2))' -%}
{%- set sums = [
  'transactions', 'declined', 'customers', 'total_amount', 'refunds', 'refund_amount', 'chargebacks', 'chargeback_amount',
  'fraud_alerts', 'fraud_score_sum',
] -%}

{# One row for each event, with what it adds to its merchant's day. #}
with new_rows as (
  select
    merchant_id,
    event_date,
    int(kind = 'purchase' and status = 'approved') as transactions,
    int(kind = 'purchase' and status = 'declined') as declined,
    0 as customers,
    if(kind = 'purchase' and status = 'approved', amount, 0) as total_amount,
    int(kind = 'refund' and status = 'approved') as refunds,
    if(kind = 'refund' and status = 'approved', amount, 0) as refund_amount,
    int(kind = 'chargeback' and status = 'approved') as chargebacks,
    if(kind = 'chargeback' and status = 'approved', amount, 0) as chargeback_amount,
    0 as fraud_alerts,
    cast(0 as decimal(18,8)) as fraud_score_sum
  from {{ ref('fct_transactions') }}
  union all
  select merchant_id, event_date, 0, 0, 0, {{ no_money }}, 0, {{ no_money }}, 0, {{ no_money }}, int(is_flagged), fraud_score
  from {{ ref('fct_purchase_scores') }}
  union all
  select group_id, day, 0, 0, 1, {{ no_money }}, 0, {{ no_money }}, 0, {{ no_money }}, 0, 0
  from {{ ref('int_seen_keys') }}
  where kind = 'buyer'
  union all
  select
    merchant_id, event_date, 0, 0, 0,
    if(kind = 'purchase' and status = 'approved', amount, 0),
    0,
    if(kind = 'refund' and status = 'approved', amount, 0),
    0,
    if(kind = 'chargeback' and status = 'approved', amount, 0),
    0, 0
  from {{ ref('int_amount_corrections') }}
),

together as (
  select * from new_rows
  union all
  select
    merchant_id, event_date, transactions, declined, customers, {{ exact_cents('total_amount') }}, refunds,
    {{ exact_cents('refund_amount') }}, chargebacks, {{ exact_cents('chargeback_amount') }}, fraud_alerts, fraud_score_sum
  from {{ source('before', 'facts') }}
  where event_date in (select event_date from new_rows)
),

summed as (
  select merchant_id, event_date, {% for column in sums %}sum({{ column }}) as {{ column }}{{ ', ' if not loop.last }}{% endfor %}
  from together
  group by merchant_id, event_date
)

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
  {# Every requested purchase has a score, and is either approved or declined. #}
  cast(coalesce(fraud_score_sum / nullif(transactions + declined, 0), 0) as float) as fraud_score,
  cast(fraud_score_sum as decimal(18,8)) as fraud_score_sum,
  event_date
from summed
