select id_hash, id_check, content_hash, cast(kafka_timestamp as date) as day
from {{ ref('int_arrivals') }}
where verdict = 'accepted'
