{{ config(materialized='scratch') }}

{#
  New log-ins and transactions in the order of arrival: the input of the fraud rules. Refused log-ins and declined purchases say
  nothing about a customer's location, devices and spending.
#}
with acts as (
  select
    event_id, event_time, event_date, customer_id, device_id, location_id,
    cast(null as string) as merchant_id,
    cast(null as string) as card_id,
    cast(null as decimal(18,2)) as amount,
    cast(null as decimal(18,2)) as original_amount,
    cast(null as string) as status,
    false as is_purchase,
    false as is_chargeback,
    succeeded as was_granted,
    if(succeeded, null, 'failed_login') as what,
    bronze_batch, kafka_timestamp, 0 as topic_order, kafka_partition, kafka_offset
  from {{ ref('fct_auths') }}
  where action = 'login'
  union all
  select
    event_id, event_time, event_date, customer_id, device_id, location_id,
    merchant_id,
    card_id,
    amount,
    original_amount,
    status,
    kind = 'purchase',
    kind = 'chargeback' and status = 'approved',
    {# The bank makes a chargeback, not the customer. #}
    kind <> 'chargeback' and status = 'approved',
    if(kind = 'purchase', if(status = 'approved', 'attempt', 'decline'), null),
    bronze_batch, kafka_timestamp, 1, kafka_partition, kafka_offset
  from {{ ref('fct_transactions') }}
)

select
  acts.*,
  cast(acts.kafka_timestamp as date) as arrival_date,
  acts.is_purchase and acts.amount >= 300 and acts.original_amount % 50 = 0 as is_round_and_high,
  if(acts.was_granted, place.latitude, null) as trusted_latitude,
  if(acts.was_granted, place.longitude, null) as trusted_longitude,
  place.latitude,
  place.longitude,
  row_number() over (
    order by acts.bronze_batch, acts.kafka_timestamp, acts.topic_order, acts.kafka_partition, acts.kafka_offset
  ) as arrival
from acts
left join {{ ref('dim_locations') }} as place
  on place.location_id = acts.location_id and place.location_id <> 'unknown'
