{{ config(materialized='scratch') }}

{# What was known, before the run, of the customers who acted in it. #}
select
  customer_id,
  max_by(
    struct(acts, purchases, amount_sum, amount_squares, last_act, newest_at, devices, recent),
    run
  ) as known
from {{ source('before', 'int_customer_acts') }}
where customer_id in (select customer_id from {{ ref('int_acts') }})
group by customer_id
