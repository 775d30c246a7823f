{# How many of a customer's newest purchases and refused log-ins are kept. #}
{% macro most_attempts() -%} 500 {%- endmacro %}

{# The newest ones of an array of attempts, which is in the order of arrival. #}
{% macro newest_attempts(attempts) -%}
  slice({{ attempts }}, greatest(size({{ attempts }}) - {{ most_attempts() }} + 1, 1), {{ most_attempts() }})
{%- endmacro %}

{# A device's clock may be a day ahead: its time must not make that day's other attempts count as old. #}
{% macro happened_by_arrival() -%} least(event_time, kafka_timestamp) {%- endmacro %}
