{# What is known, after the run, of the customers who acted in it. #}
with in_run as (
  select
    customer_id,
    count_if(was_granted) as acts,
    count_if(was_granted and is_purchase) as purchases,
    coalesce(sum(amount) filter (where was_granted and is_purchase), 0) as amount_sum,
    coalesce(sum(amount * amount) filter (where was_granted and is_purchase), 0) as amount_squares,
    max(if(trusted_latitude is null, null, struct(event_time as at, event_id, latitude, longitude))) as last_act,
    max({{ happened_by_arrival() }}) filter (where what is not null) as newest_at,
    transform(
      array_sort(collect_list(struct(arrival, event_time as at, what, card_id)) filter (where what is not null)),
      act -> struct(act.at, act.what, act.card_id)
    ) as recent
  from {{ ref('int_acts') }}
  group by customer_id
),

devices as (
  select customer_id, slice(sort_array(collect_list(struct(first_at, device_id)), false), 1, 50) as devices
  from (
    select customer_id, device_id, min(first_at) as first_at
    from (
      select customer_id, device_id, event_time as first_at from {{ ref('int_acts') }} where was_granted
      union all
      select customer_id, device.device_id, device.first_at
      from (select customer_id, explode(known.devices) as device from {{ ref('int_known_customers') }})
    )
    group by customer_id, device_id
  )
  group by customer_id
),

together as (
  select
    in_run.customer_id,
    coalesce(customer.known.acts, 0) + in_run.acts as acts,
    coalesce(customer.known.purchases, 0) + in_run.purchases as purchases,
    cast(coalesce(customer.known.amount_sum, 0) + in_run.amount_sum as decimal(38,2)) as amount_sum,
    cast(coalesce(customer.known.amount_squares, 0) + in_run.amount_squares as decimal(38,4)) as amount_squares,
    greatest(customer.known.last_act, in_run.last_act) as last_act,
    greatest(customer.known.newest_at, in_run.newest_at) as newest_at,
    coalesce(devices.devices, array()) as devices,
    {{ newest_attempts("concat(coalesce(customer.known.recent, array()), in_run.recent)") }} as recent
  from in_run
  left join {{ ref('int_known_customers') }} as customer on customer.customer_id = in_run.customer_id
  left join devices on devices.customer_id = in_run.customer_id
)

select
  customer_id,
  acts,
  purchases,
  amount_sum,
  amount_squares,
  last_act,
  newest_at,
  devices,
  filter(recent, act -> act.at >= newest_at - interval 30 minutes) as recent,
  run.run
from together cross join {{ source('driver', 'run') }} as run
