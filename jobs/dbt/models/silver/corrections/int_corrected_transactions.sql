{# All transactions of the affected days with corrected amounts: their files replace those days' files. #}
select
  transaction.* except (amount, exchange_rate),
  if(
    rates.rate is null,
    transaction.amount,
    {{ in_euro('transaction.original_amount', 'transaction.currency', 'rates.rate') }}
  ) as amount,
  coalesce(rates.rate, transaction.exchange_rate) as exchange_rate
from {{ source('before', 'fct_transactions') }} as transaction
left join {{ ref('int_changed_rates') }} as rates
  on rates.event_date = transaction.event_date and rates.currency = transaction.currency
