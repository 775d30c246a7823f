select bronze.*
from {{ source('bronze', 'transaction_events') }} as bronze
inner join {{ ref('int_arrivals') }} as arrival
  on arrival.topic = 'transaction_events'
  and arrival.verdict = 'waiting'
  and arrival.kafka_partition = bronze.kafka_partition
  and arrival.kafka_offset = bronze.kafka_offset
  and arrival.bronze_batch = bronze.bronze_batch
