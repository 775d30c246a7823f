{#
  Great-circle distance (haversine) in kilometres between two points in degrees. Null when a coordinate is null: `least` would
  otherwise ignore the null, and the result would be half the globe.
#}
{% macro kilometres(from_latitude, from_longitude, to_latitude, to_longitude) -%}
  if({{ from_latitude }} + {{ from_longitude }} + {{ to_latitude }} + {{ to_longitude }} is null, null,
    12742 * asin(sqrt(least(1,
      power(sin(radians({{ to_latitude }} - {{ from_latitude }}) / 2), 2)
      + cos(radians({{ from_latitude }})) * cos(radians({{ to_latitude }}))
      * power(sin(radians({{ to_longitude }} - {{ from_longitude }}) / 2), 2)
    )))
  )
{%- endmacro %}
