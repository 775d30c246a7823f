{# The first and last columns of every silver fact; `event` and `place` are aliases of relations. #}
{% macro fact_identity() -%}
  event.event_id,
  event.event_time,
  trim(event.customer_id) as customer_id,
  trim(event.device_id) as device_id,
  coalesce(place.location_id, 'unknown') as location_id
{%- endmacro %}

{% macro fact_lineage() -%}
  event.kafka_partition,
  event.kafka_offset,
  event.kafka_timestamp,
  event.bronze_batch,
  event.event_date
{%- endmacro %}

{% macro fact_place() -%}
  left join {{ ref('dim_locations') }} as place on place.location_id = trim(event.location_id)
{%- endmacro %}
