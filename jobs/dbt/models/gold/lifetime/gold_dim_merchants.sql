with totals as (
  select
    merchant_id,
    sum(transactions) as transactions,
    sum({{ exact_cents('total_amount') }}) as total_amount,
    sum(transactions + declined) as purchases,
    sum(chargebacks) as chargebacks,
    sum(fraud_alerts) as fraud_alerts
  from {{ source('before', 'facts') }}
  group by merchant_id
),

merchants as (
  select
    coalesce(merchant.merchant_id, total.merchant_id) as merchant_id,
    coalesce(merchant.name, total.merchant_id) as name,
    coalesce(merchant.category, 'unknown') as category,
    coalesce(merchant.country_code, 'ZZ') as country_code,
    coalesce(merchant.commission_rate, 0) as commission_rate,
    coalesce(total.transactions, 0) as transactions,
    {{ whole_cents('total.total_amount') }} as total_amount,
    coalesce(total.chargebacks, 0) as chargebacks,
    coalesce(cast(total.chargebacks as double) / nullif(total.transactions, 0), 0) as dispute_rate,
    coalesce(total.fraud_alerts, 0) as fraud_alerts,
    coalesce(cast(total.fraud_alerts as double) / nullif(total.purchases, 0), 0) as fraud_rate
  from (select * from {{ ref('dim_merchants') }} where is_current) as merchant
  full outer join totals as total on total.merchant_id = merchant.merchant_id
)

select
  merchant_id, name, category, country_code, commission_rate, transactions, total_amount, chargebacks, dispute_rate,
  fraud_alerts,
  {{ risk_class('dispute_rate', 'fraud_rate') }} as risk
from merchants
