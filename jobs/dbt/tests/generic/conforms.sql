{#
  What a table promises in lake/tables, in one pass over it: each row of the result is one promise that is broken, and by how
  many rows. Tables cut by day or month are looked at where the run wrote.
#}
{% test conforms(model, model_name, key, required, allowed, references, partitioned_by) %}
  {%- set written = closing_months() if partitioned_by == 'event_month' else days_of(model_name) -%}
  {%- set within = [partitioned_by] if partitioned_by else [] -%}

  with checked as (
    select
      {# One id in two days is the sender's fault, and must not stop every run that comes after. #}
      count(*) - count(distinct {{ (within + (key | reject('equalto', partitioned_by) | list)) | join(', ') }}) as not_unique
      {%- for column in required %},
      count_if(here.{{ column }} is null) as null_{{ column }}
      {%- endfor %}
      {%- for column, values in allowed.items() %},
      count_if(here.{{ column }} not in ('{{ values | join("', '") }}')) as not_allowed_{{ column }}
      {%- endfor %}
      {%- for column in references %},
      count_if(here.{{ column }} is not null and there_{{ column }}.found is null) as not_found_{{ column }}
      {%- endfor %}
    from {{ model }} as here
    {%- for column, target in references.items() %}
    {%- set table, target_column = target.split('.') %}
    left join (select {{ target_column }} as found from {{ ref(table) }}) as there_{{ column }}
      on there_{{ column }}.found = here.{{ column }}
    {%- endfor %}
    {%- if partitioned_by %}
    where {{ in_days('here.' ~ partitioned_by, written) }}
    {%- endif %}
  )

  select broken, failures
  from checked
  lateral view stack(
    {{ 1 + required | length + allowed | length + references | length }},
    '{{ key | join(", ") }} is not unique', not_unique
    {%- for column in required %},
    '{{ column }} is null', null_{{ column }}
    {%- endfor %}
    {%- for column, values in allowed.items() %},
    '{{ column }} is none of {{ values | join(", ") }}', not_allowed_{{ column }}
    {%- endfor %}
    {%- for column, target in references.items() %},
    '{{ column }} is not in {{ target }}', not_found_{{ column }}
    {%- endfor %}
  ) as broken, failures
  where failures > 0
{% endtest %}
