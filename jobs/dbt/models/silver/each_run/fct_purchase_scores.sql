{#
  Each purchase is scored once, from what arrived before it: what was known of its customer and merchant before the run, and the run's
  own rows that arrived earlier. A score therefore depends on the order of arrival, not on how the events are split into runs.
#}
{%- set half_hour = "interval 30 minutes" -%}

with windowed as (
  select
    acts.*,
    {# Of the customer, earlier in this run. #}
    count_if(was_granted) over of_customer as run_acts,
    count_if(was_granted and is_purchase) over of_customer as run_purchases,
    sum(if(was_granted and is_purchase, amount, 0)) over of_customer as run_amount_sum,
    sum(if(was_granted and is_purchase, amount * amount, 0)) over of_customer as run_amount_squares,
    max(
      if(trusted_latitude is null, null, struct(event_time as at, event_id, latitude, longitude))
    ) over of_customer as run_last_act,
    min(if(was_granted, event_time, null)) over of_device as run_device_first_at,
    collect_list(struct(event_time as at, what, card_id)) over of_attempts as run_recent,
    max({{ happened_by_arrival() }}) over of_all_attempts as run_newest_at,
    {# Of the merchant, earlier in this run. #}
    count_if(is_purchase and was_granted) over of_merchant as run_merchant_purchases,
    count_if(is_chargeback) over of_merchant as run_merchant_chargebacks,
    count_if(is_round_and_high and was_granted) over of_merchant as run_merchant_round_high
  from {{ ref('int_acts') }} as acts
  window
    of_customer as (partition by customer_id order by arrival rows between unbounded preceding and 1 preceding),
    of_device as (partition by customer_id, device_id order by arrival rows between unbounded preceding and 1 preceding),
    {# Only purchases and refused log-ins count as attempts. #}
    of_attempts as (
      partition by customer_id, what is not null order by arrival rows between {{ most_attempts() }} preceding and 1 preceding
    ),
    of_all_attempts as (
      partition by customer_id, what is not null order by arrival rows between unbounded preceding and 1 preceding
    ),
    of_merchant as (partition by merchant_id order by arrival rows between unbounded preceding and 1 preceding)
),

purchases as (
  select * from windowed where is_purchase
),

merchants as (
  select
    purchase.merchant_id,
    purchase.arrival_date,
    sum(before.purchases) as purchases,
    sum(before.chargebacks) as chargebacks,
    sum(before.round_high) as round_high
  from (select distinct merchant_id, arrival_date from purchases) as purchase
  inner join {{ source('before', 'int_merchant_acts') }} as before
    on before.merchant_id = purchase.merchant_id
    and before.arrival_date between purchase.arrival_date - interval 30 days and purchase.arrival_date
  group by purchase.merchant_id, purchase.arrival_date
),

together as (
  select
    purchase.*,
    coalesce(customer.known.acts, 0) + coalesce(run_acts, 0) as own_acts,
    coalesce(customer.known.purchases, 0) + coalesce(run_purchases, 0) as own_purchases,
    cast(coalesce(customer.known.amount_sum, 0) + coalesce(run_amount_sum, 0) as double) as own_sum,
    cast(coalesce(customer.known.amount_squares, 0) + coalesce(run_amount_squares, 0) as double) as own_squares,
    greatest(customer.known.last_act, run_last_act) as last_act,
    least(
      run_device_first_at,
      get(filter(customer.known.devices, device -> device.device_id = purchase.device_id), 0).first_at
    ) as device_first_at,
    greatest(customer.known.newest_at, run_newest_at) as newest_at,
    {{ newest_attempts("concat(coalesce(customer.known.recent, array()), run_recent)") }} as recent,
    coalesce(merchant.purchases, 0) + run_merchant_purchases as merchant_purchases,
    coalesce(merchant.chargebacks, 0) + run_merchant_chargebacks as merchant_chargebacks,
    coalesce(merchant.round_high, 0) + run_merchant_round_high as merchant_round_high
  from purchases as purchase
  left join {{ ref('int_known_customers') }} as customer on customer.customer_id = purchase.customer_id
  left join merchants as merchant
    on merchant.merchant_id = purchase.merchant_id and merchant.arrival_date = purchase.arrival_date
),

timed as (
  select
    *,
    {# Only attempts that int_customer_acts would still keep, so that the result does not depend on the split into runs. #}
    filter(
      recent,
      act -> act.at >= newest_at - {{ half_hour }} and act.at >= event_time - {{ half_hour }} and act.at <= event_time
    ) as last_30m
  from together
),

counted as (
  select
    *,
    filter(last_30m, act -> act.what <> 'failed_login' and act.at >= event_time - interval 10 minutes) as tries_10m,
    own_sum / nullif(own_purchases, 0) as own_mean
  from timed
),

seen as (
  select
    *,
    1 + size(tries_10m) as attempts_10m,
    size(filter(tries_10m, act -> act.what = 'decline')) as declines_10m,
    size(array_distinct(array_append(transform(tries_10m, act -> act.card_id), card_id))) as cards_10m,
    size(filter(last_30m, act -> act.what = 'failed_login')) as failed_logins_30m,
    sqrt(greatest(own_squares / nullif(own_purchases, 0) - own_mean * own_mean, 0)) as own_deviation,
    greatest(coalesce((unix_micros(event_time) - unix_micros(device_first_at)) / 60e6, 0), 0) as device_known_minutes,
    {{ kilometres('last_act.latitude', 'last_act.longitude', 'latitude', 'longitude') }} as travelled_km,
    abs(unix_micros(event_time) - unix_micros(last_act.at)) / 3600e6 as away_hours
  from counted
),

judged as (
  select
    *,
    {% for rule in fraud_rules() %}
    coalesce({{ rule.when }}, false) as is_{{ rule.name }}{{ ',' if not loop.last }}
    {% endfor %}
  from seen
),

scored as (
  select
    *,
    cast(
      1 - {% for rule in fraud_rules() %}if(is_{{ rule.name }}, 1 - {{ rule.weight }}, 1.0){{ ' * ' if not loop.last }}{% endfor %}
      as decimal(18,8)
    ) as fraud_score
  from judged
)

select
  event_id,
  event_time,
  customer_id,
  merchant_id,
  amount,
  status,
  fraud_score,
  fraud_score >= {{ flagged_from() }} as is_flagged,
  array_compact(array(
    {% for rule in fraud_rules() %}if(is_{{ rule.name }}, '{{ rule.name }}', null){{ ', ' if not loop.last }}{% endfor %}
  )) as rules,
  to_json(named_struct(
    {% for rule in fraud_rules() %}
    '{{ rule.name }}', if(is_{{ rule.name }}, named_struct(
      {% for name in rule.evidence %}'{{ name }}', round({{ name }}, 2){{ ', ' if not loop.last }}{% endfor %}
    ), null){{ ',' if not loop.last }}
    {% endfor %}
  )) as evidence,
  run.started_at as scored_at,
  bronze_batch,
  event_date
from scored cross join {{ source('driver', 'run') }} as run
