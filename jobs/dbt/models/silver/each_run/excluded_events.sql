select
  topic,
  event_id,
  event_time,
  verdict as reason,
  detail,
  kafka_partition,
  kafka_offset,
  kafka_timestamp,
  bronze_batch,
  cast(kafka_timestamp as date) as arrival_date
from {{ ref('int_arrivals') }}
where verdict not in ('accepted', 'waiting')
