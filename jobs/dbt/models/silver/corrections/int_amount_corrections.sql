select
  corrected.event_id,
  corrected.customer_id,
  corrected.merchant_id,
  corrected.kind,
  corrected.status,
  cast(corrected.amount - transaction.amount as decimal(18,2)) as amount,
  run.run,
  corrected.event_date
from {{ ref('int_corrected_transactions') }} as corrected
inner join {{ source('before', 'fct_transactions') }} as transaction
  on transaction.event_id = corrected.event_id and transaction.event_date = corrected.event_date
cross join {{ source('driver', 'run') }} as run
where corrected.amount <> transaction.amount
