{# 'late' when an event arrived too long after its event time, 'early' when too long before it; null when in time. #}
{% macro out_of_time() -%}
  case
    when event_time < kafka_timestamp - interval {{ late_limit_days() }} days then 'late'
    when event_time > kafka_timestamp + interval {{ future_limit_hours() }} hours then 'early'
  end
{%- endmacro %}

{# New events of a topic that silver accepts: those in time that are the first of their id to arrive. #}
{% macro accepted_events(topic) -%}
  select bronze.*, arrival.event_date
  from {{ source('bronze', topic) }} as bronze
  inner join {{ ref('int_arrivals') }} as arrival
    on arrival.topic = '{{ topic }}'
    and arrival.verdict = 'accepted'
    and arrival.kafka_partition = bronze.kafka_partition
    and arrival.kafka_offset = bronze.kafka_offset
    and arrival.bronze_batch = bronze.bronze_batch
{%- endmacro %}
