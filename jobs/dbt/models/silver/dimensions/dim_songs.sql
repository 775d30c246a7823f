select
  trim(songs.song_id) as song_id,
  {{ tidy('songs.title') }} as title,
  coalesce(artists.artist_id, 'unknown') as artist_id,
  {{ code('songs.genre') }} as genre,
  cast(songs.duration_ms / 1000 as double) as duration_seconds,
  songs.release_year
from {{ source('reference', 'songs') }} as songs
left join {{ ref('dim_artists') }} as artists on artists.artist_id = trim(songs.artist_id)
union all
select 'unknown', 'unknown', 'unknown', 'unknown', cast(0 as double), 0
