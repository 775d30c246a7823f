{%- set days = days_of(model.name) -%}

with days as (
  select explode(array({{ dates(days or ['1970-01-01']) }})) as event_date
),

{# The day's rate; without one the newest before it, and before the first rate the first. #}
rates as (
  select
    days.event_date,
    upper(trim(rates.currency)) as currency,
    coalesce(
      max_by(rates.rate, rates.rate_date) filter (where rates.rate_date <= days.event_date),
      min_by(rates.rate, rates.rate_date)
    ) as rate
  from days cross join {{ source('reference', 'exchange_rates') }} as rates
  group by days.event_date, upper(trim(rates.currency))
),

events as (
  select *, upper(trim(currency)) as currency_code
  from ({{ accepted_events('transaction_events', days) }})
)

select
  {{ fact_identity() }},
  trim(event.session_id) as session_id,
  {{ code('event.kind') }} as kind,
  trim(event.original_event_id) as original_event_id,
  trim(event.merchant_id) as merchant_id,
  coalesce(merchant.merchant_key, {{ version_key('trim(event.merchant_id)', beginning()) }}) as merchant_key,
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
{{ fact_joins() }}
left join {{ merchant_versions() }} as merchant
  on merchant.merchant_id = trim(event.merchant_id) and {{ holds_at('merchant', 'event.event_time') }}
left join rates on rates.event_date = event.event_date and rates.currency = event.currency_code
