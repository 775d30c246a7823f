select
  trim(location_id) as location_id,
  {{ tidy('city') }} as city,
  upper(trim(country_code)) as country_code,
  latitude,
  longitude,
  trim(time_zone) as time_zone,
  population
from {{ source('reference', 'locations') }}
union all
{# The unknown location has no coordinates, so that no distance is measured from it. #}
select 'unknown', 'unknown', 'ZZ', double('NaN'), double('NaN'), 'UTC', 0
