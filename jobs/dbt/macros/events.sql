{# An event that arrives longer after it happened, or longer before, is not of silver: it is counted as rejected. #}
{% macro in_time() -%}
  event_time >= kafka_timestamp - interval {{ late_limit_days() }} days
  and event_time <= kafka_timestamp + interval {{ future_limit_hours() }} hours
{%- endmacro %}

{# Bronze's events of some days, in time, each once: of copies the first that arrived. #}
{% macro accepted_events(topic, days) -%}
  select * from (
    select
      *,
      cast(event_time as date) as event_date,
      row_number() over (
        partition by cast(event_time as date), event_id
        order by kafka_timestamp, kafka_partition, kafka_offset
      ) as arrival
    from {{ source('bronze', topic) }}
    where {{ in_days('cast(event_time as date)', days) }} and {{ in_time() }}
  )
  where arrival = 1
{%- endmacro %}
