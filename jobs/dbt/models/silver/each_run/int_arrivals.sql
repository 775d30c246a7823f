{{ config(materialized='scratch') }}

{#
  The verdict on each new event. Of events with the same id, the first to arrive is accepted, within the run and among the ids of the
  last days of arrival (int_event_ids). The verdict on any other says whether it is a copy or has other content.
#}
with records as (
  {% for topic, columns in event_columns().items() %}
  select
    '{{ topic }}' as topic,
    event_id,
    event_time,
    kafka_partition,
    kafka_offset,
    kafka_timestamp,
    bronze_batch,
    xxhash64('{{ topic }}', event_id) as id_hash,
    hash('{{ topic }}', event_id) as id_check,
    xxhash64({{ columns | join(', ') }}) as content_hash,
    {% if 'currency' in columns -%}
    upper(trim(currency)) <> '{{ lake_currency() }}'
    and upper(trim(currency)) not in (select upper(trim(currency)) from {{ source('reference', 'exchange_rates') }})
    {%- else -%}
    false
    {%- endif %} as has_no_rate
  from {{ source('bronze', topic) }}
  {% if not loop.last %}union all{% endif %}
  {% endfor %}
),

judged as (
  select
    records.*,
    aside.detail,
    coalesce(
      {{ out_of_time() }},
      if(aside.event_id is not null, 'broken', null),
      if(has_no_rate, 'waiting', null)
    ) as refused
  from records left join {{ source('driver', 'set_aside') }} as aside on aside.event_id = records.event_id
),

ranked as (
  select
    *,
    row_number() over arrival as nth,
    first_value(content_hash) over arrival as first_content_hash
  from judged
  window arrival as (
    partition by id_hash, id_check, refused is null
    order by bronze_batch, kafka_timestamp, kafka_partition, kafka_offset
  )
),

{# There are few new ids, so they are broadcast to the known ones. #}
known as (
  select /*+ broadcast(new) */ ids.id_hash, ids.id_check, ids.content_hash
  from {{ source('before', 'int_event_ids') }} as ids
  inner join (select distinct id_hash, id_check from judged where refused is null) as new
    on new.id_hash = ids.id_hash and new.id_check = ids.id_check
)

select
  ranked.topic,
  ranked.event_id,
  ranked.event_time,
  cast(ranked.event_time as date) as event_date,
  ranked.kafka_partition,
  ranked.kafka_offset,
  ranked.kafka_timestamp,
  ranked.bronze_batch,
  ranked.id_hash,
  ranked.id_check,
  ranked.content_hash,
  ranked.detail,
  case
    when ranked.refused is not null then ranked.refused
    when known.id_hash is not null then if(known.content_hash = ranked.content_hash, 'copy', 'conflict')
    when ranked.nth > 1 then if(ranked.first_content_hash = ranked.content_hash, 'copy', 'conflict')
    else 'accepted'
  end as verdict
from ranked left join known
  on known.id_hash = ranked.id_hash and known.id_check = ranked.id_check and ranked.refused is null
