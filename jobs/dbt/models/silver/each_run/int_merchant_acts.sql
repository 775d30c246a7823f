{# Sums by day of arrival, without days that are too old for any purchase to look back to. #}
with sums as (
  select merchant_id, arrival_date, purchases, chargebacks, round_high
  from {{ source('before', 'int_merchant_acts') }}
  union all
  select
    merchant_id,
    arrival_date,
    count_if(is_purchase and was_granted),
    count_if(is_chargeback),
    count_if(is_round_and_high and was_granted)
  from {{ ref('int_acts') }}
  where merchant_id is not null
  group by merchant_id, arrival_date
)

select
  merchant_id,
  arrival_date,
  sum(purchases) as purchases,
  sum(chargebacks) as chargebacks,
  sum(round_high) as round_high
from sums
where arrival_date >= (select max(arrival_date) from sums) - interval 31 days
group by merchant_id, arrival_date
