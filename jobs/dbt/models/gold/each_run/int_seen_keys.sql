{#
  Keys in the new rows that a day counts once and has not had before. A day's distinct count is its number of keys, so that only new
  keys are needed to update it.
#}
with members as (
  select event_date, customer_id, session_id, level = 'free' as is_free from {{ ref('fct_listens') }}
  union all
  select event_date, customer_id, session_id, level = 'free' from {{ ref('fct_page_views') }}
  union all
  select event_date, customer_id, session_id, level = 'free' from {{ ref('fct_auths') }}
  union all
  {# A customer who upgrades was on the free level before. #}
  select event_date, customer_id, null, level_after = 'free' or change = 'upgrade' from {{ ref('fct_status_changes') }}
  union all
  select event_date, customer_id, session_id, false from {{ ref('fct_transactions') }}
),

candidates as (
  select event_date, 'customer' as kind, '' as group_id, customer_id as member from members
  union
  select event_date, 'free customer', '', customer_id from members where is_free
  union
  select event_date, 'visit', '', {{ surrogate_key(['customer_id', 'session_id']) }} from members where session_id is not null
  union
  select event_date, 'listener', song_id, customer_id from {{ ref('fct_listens') }}
  union
  select event_date, 'buyer', merchant_id, customer_id from {{ ref('fct_transactions') }}
  where kind = 'purchase' and status = 'approved'
),

hashed as (
  select
    event_date as day,
    kind,
    group_id,
    xxhash64(kind, group_id, member) as key_hash,
    hash(kind, group_id, member) as key_check
  from candidates
),

known as (
  select /*+ broadcast(hashed) */ before.day, before.key_hash, before.key_check
  from {{ source('before', 'int_seen_keys') }} as before
  inner join hashed
    on hashed.day = before.day and hashed.key_hash = before.key_hash and hashed.key_check = before.key_check
)

select hashed.kind, hashed.group_id, hashed.key_hash, hashed.key_check, hashed.day
from hashed left anti join known
  on known.day = hashed.day and known.key_hash = hashed.key_hash and known.key_check = hashed.key_check
