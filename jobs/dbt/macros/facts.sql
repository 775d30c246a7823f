{# Columns that every silver fact starts and ends with: `event`, `version` and `place` are aliases. #}
{% macro fact_identity() -%}
  event.event_id,
  event.event_time,
  trim(event.customer_id) as customer_id,
  coalesce(version.customer_key, {{ version_key('trim(event.customer_id)', beginning()) }}) as customer_key,
  trim(event.device_id) as device_id,
  coalesce(place.location_id, 'unknown') as location_id
{%- endmacro %}

{% macro fact_lineage() -%}
  event.kafka_partition,
  event.kafka_offset,
  event.kafka_timestamp,
  event.event_date
{%- endmacro %}

{# A customer who never logged in has one version, which holds for ever: its key needs no look-up. #}
{% macro fact_joins() -%}
  left join {{ ref('int_customer_versions') }} as version
    on version.customer_id = trim(event.customer_id) and {{ holds_at('version', 'event.event_time') }}
  left join {{ ref('dim_locations') }} as place on place.location_id = trim(event.location_id)
{%- endmacro %}
