{#
  What a table promises in lake/tables, in one query: each row of the result is one violation, with how many rows have it.
  Tables cut by day or month are looked at where the run wrote.
#}
{% test conforms(model, model_name, key, required, allowed, references, partitioned_by) %}
  {%- set written = closing_months() if partitioned_by == 'event_month' else days_of(model_name) -%}
  {%- set here -%}
    (select * from {{ model }}{% if partitioned_by %} where {{ in_days(partitioned_by, written) }}{% endif %})
  {%- endset -%}
  {%- set by = ([partitioned_by] if partitioned_by else []) + (key | reject('equalto', partitioned_by) | list) -%}

  select 'is not unique' as violation, '{{ key | join(", ") }}' as column_name, first(cast(example as string)) as example, count(*) as failures
  from (select struct({{ by | join(', ') }}) as example from {{ here }} group by {{ by | join(', ') }} having count(*) > 1)
  having count(*) > 0

  union all
  select 'is null or not allowed', column_name, cast(null as string), failures
  from (
    select stack({{ required | length + allowed | length }}
      {%- for column in required %}, '{{ column }}', count_if({{ column }} is null){% endfor %}
      {%- for column, values in allowed.items() %}, '{{ column }}', count_if({{ column }} not in ('{{ values | join("', '") }}')){% endfor %}
    ) as (column_name, failures)
    from {{ here }}
  )
  where failures > 0

  {% for column, target in references.items() %}
  {%- set table, target_column = target.split('.') %}
  union all
  select 'is not in {{ target }}', '{{ column }}', first(cast({{ column }} as string)), count(*)
  from (select distinct {{ column }} from {{ here }} where {{ column }} is not null) as here
  left anti join {{ ref(table) }} as there on there.{{ target_column }} = here.{{ column }}
  having count(*) > 0
  {% endfor %}
{% endtest %}
