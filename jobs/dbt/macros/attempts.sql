{# How many of a customer's newest purchases and refused log-ins are remembered. #}
{% macro most_attempts() -%} 500 {%- endmacro %}

{# The newest of an array of attempts in the order of arrival. #}
{% macro newest_attempts(attempts) -%}
  slice({{ attempts }}, greatest(size({{ attempts }}) - {{ most_attempts() }} + 1, 1), {{ most_attempts() }})
{%- endmacro %}

{# A clock may be a day ahead: what it says may not make the attempts of that day forgotten. #}
{% macro happened_by_arrival() -%} least(event_time, kafka_timestamp) {%- endmacro %}
