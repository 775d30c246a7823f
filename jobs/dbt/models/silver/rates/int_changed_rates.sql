{{ config(materialized='scratch') }}

{# Days with transactions whose rate has changed since they were converted: it arrived late, or was corrected. #}
with present as (
  {{ rates_of_days(source('driver', 'transaction_days'), source('reference', 'exchange_rates')) }}
),

past as (
  {{ rates_of_days(source('driver', 'transaction_days'), source('before', 'int_rates')) }}
)

select present.event_date, present.currency, present.rate
from present
inner join past on past.event_date = present.event_date and past.currency = present.currency
where present.rate <> past.rate and present.currency <> '{{ lake_currency() }}'
