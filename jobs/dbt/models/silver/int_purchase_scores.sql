{#
  Fraud scores from what a merchant's bank would have at the moment of the purchase: every window ends at the row. The windows look
  back 30 days at most, which is the driver's lookback, too: a late event makes the days after it be scored again.
#}
{%- set days = days_of(model.name) or ['1970-01-01'] -%}
{%- set scope -%}
event_date between date_sub(date'{{ days[0] }}', 30) and date'{{ days[-1] }}'
{%- endset -%}

with acts as (
  select
    event_id, event_time, event_date, customer_id, device_id, location_id, merchant_id, card_id,
    amount, original_amount, status,
    kind = 'purchase' as is_purchase,
    kind = 'chargeback' as is_chargeback,
    false as is_failed_login
  from {{ ref('fct_transactions') }}
  where {{ scope }}
  union all
  select
    event_id, event_time, event_date, customer_id, device_id, location_id, null, null,
    null, null, null, false, false, action = 'login' and not succeeded
  from {{ ref('fct_auths') }}
  where {{ scope }} and action = 'login'
),

placed as (
  select
    acts.*,
    unix_micros(acts.event_time) as at,
    is_purchase and amount >= 300 and original_amount % 50 = 0 as is_round_and_high,
    place.latitude,
    place.longitude
  from acts
  left join {{ ref('dim_locations') }} as place
    on place.location_id = acts.location_id and place.location_id <> 'unknown' and not acts.is_chargeback
),

windowed as (
  select
    *,
    count_if(is_purchase) over last_10m as attempts_10m,
    count_if(is_purchase and status = 'declined') over last_10m as declines_10m,
    size(collect_set(case when is_purchase then card_id end) over last_10m) as cards_10m,
    count_if(is_failed_login) over last_30m as failed_logins_30m,
    count(*) over before_it as own_acts,
    count_if(is_purchase and status = 'approved') over before_it as own_purchases,
    avg(case when is_purchase and status = 'approved' then cast(amount as double) end) over before_it as own_mean,
    stddev_pop(case when is_purchase and status = 'approved' then cast(amount as double) end) over before_it
      as own_deviation,
    (at - min(at) over (
      partition by customer_id, device_id order by at range between 2592000000000 preceding and current row
    )) / 60e6 as device_known_minutes,
    lag(latitude) ignore nulls over in_order as from_latitude,
    lag(longitude) ignore nulls over in_order as from_longitude,
    (at - lag(case when latitude is not null then at end) ignore nulls over in_order) / 3600e6 as away_hours,
    count_if(is_purchase and status = 'approved') over merchant_before as merchant_purchases,
    count_if(is_chargeback) over merchant_before as merchant_chargebacks,
    count_if(is_round_and_high) over merchant_before as merchant_round_high
  from placed
  window
    last_10m as (partition by customer_id order by at range between 600000000 preceding and current row),
    last_30m as (partition by customer_id order by at range between 1800000000 preceding and current row),
    before_it as (partition by customer_id order by at range between 2592000000000 preceding and 1 preceding),
    in_order as (partition by customer_id order by at, event_id),
    merchant_before as (partition by coalesce(merchant_id, event_id) order by at range between 2592000000000 preceding and 1 preceding)
),

seen as (
  select
    *,
    {{ kilometres('from_latitude', 'from_longitude', 'latitude', 'longitude') }} as travelled_km
  from windowed
  where is_purchase and {{ in_days('event_date', days) }}
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
      1 - {% for rule in fraud_rules() %}if(is_{{ rule.name }}, 1 - {{ rule.weight }}, 1){{ ' * ' if not loop.last }}{% endfor %}
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
  event_date
from scored
