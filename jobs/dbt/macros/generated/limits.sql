{# Written by `npm run generate` from lake/limits.ts and lake/currencies.ts. #}
{% macro late_limit_days() %}3{% endmacro %}
{% macro future_limit_hours() %}24{% endmacro %}
{% macro lake_currency() %}EUR{% endmacro %}
