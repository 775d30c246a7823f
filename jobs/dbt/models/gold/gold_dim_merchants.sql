with merchants as (
  select
    merchant.merchant_id,
    merchant.name,
    merchant.category,
    merchant.country_code,
    merchant.commission_rate,
    coalesce(total.transactions, 0) as transactions,
    {{ whole_cents('total.total_amount') }} as total_amount,
    coalesce(total.chargebacks, 0) as chargebacks,
    coalesce(cast(total.chargebacks as double) / nullif(total.transactions, 0), 0) as dispute_rate,
    coalesce(total.fraud_alerts, 0) as fraud_alerts,
    coalesce(cast(total.fraud_alerts as double) / nullif(total.purchases, 0), 0) as fraud_rate
  from {{ ref('dim_merchants') }} as merchant
  left join {{ merchant_totals() }} as total on total.merchant_id = merchant.merchant_id
  where merchant.is_current
)

select
  merchant_id, name, category, country_code, commission_rate, transactions, total_amount, chargebacks, dispute_rate,
  fraud_alerts,
  {{ risk_class('dispute_rate', 'fraud_rate') }} as risk
from merchants
