{#
  Checks what a table promises in lake/tables: each row of the result is one promise that a row breaks. The model's relation holds
  only this run's rows. When rows have an event_id, the driver sets the failing ones aside and the run goes on without them.
#}
{% test conforms(model, key, required, allowed, references) %}
  with checked as (
    select
      {% for column in key %}here.{{ column }}, {% endfor %}
      array(
        {%- for column in required %}
        if(here.{{ column }} is null, '{{ column }} is null', null),
        {%- endfor %}
        {%- for column, values in allowed.items() %}
        if(here.{{ column }} not in ('{{ values | join("', '") }}'), '{{ column }} is none of {{ values | join(", ") }}', null),
        {%- endfor %}
        {%- for column, target in references.items() %}
        if(here.{{ column }} is not null and there_{{ column }}.found is null, '{{ column }} is not in {{ target }}', null),
        {%- endfor %}
        null
      ) as promises
    from {{ model }} as here
    {%- for column, target in references.items() %}
    {%- set table, target_column = target.split('.') %}
    left join (select {{ target_column }} as found from {{ ref(table) }}) as there_{{ column }}
      on there_{{ column }}.found = here.{{ column }}
    {%- endfor %}
  )

  select explode(array_compact(promises)) as broken, {{ key | join(', ') }}
  from checked
  where size(array_compact(promises)) > 0
  union all
  select '{{ key | join(", ") }} is not unique', {{ key | join(', ') }}
  from {{ model }}
  group by {{ key | join(', ') }}
  having count(*) > 1
{% endtest %}
