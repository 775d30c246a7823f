select
  trim(artist_id) as artist_id,
  {{ tidy('name') }} as name,
  {{ code('genre') }} as genre,
  upper(trim(country_code)) as country_code
from {{ source('reference', 'artists') }}
union all
select 'unknown', 'unknown', 'unknown', 'ZZ'
