with events as (
  select *, upper(trim(currency)) as currency_code
  from ({{ accepted_events('transaction_events') }})
),

rates as (
  {{ rates_of_days('(select distinct event_date from events)', source('reference', 'exchange_rates')) }}
)

select
  {{ fact_identity() }},
  trim(event.session_id) as session_id,
  {{ code('event.kind') }} as kind,
  trim(event.original_event_id) as original_event_id,
  trim(event.merchant_id) as merchant_id,
  {{ in_euro('event.amount', 'event.currency_code', 'rates.rate') }} as amount,
  event.amount as original_amount,
  event.currency_code as currency,
  {{ rate_of('event.currency_code', 'rates.rate') }} as exchange_rate,
  trim(event.card_id) as card_id,
  {{ code('event.status') }} as status,
  {{ code('event.decline_reason') }} as decline_reason,
  {{ code('event.channel') }} as channel,
  trim(event.ip) as ip,
  {{ fact_lineage() }}
from events as event
{{ fact_place() }}
left join rates on rates.event_date = event.event_date and rates.currency = event.currency_code
