select
  {{ fact_identity() }},
  trim(event.session_id) as session_id,
  coalesce(songs.song_id, 'unknown') as song_id,
  coalesce(artists.artist_id, 'unknown') as artist_id,
  cast(event.listened_ms / 1000 as double) as listened_seconds,
  event.listened_ms < 30000 as is_skip,
  {{ code('event.level') }} as level,
  {{ fact_lineage() }}
from ({{ accepted_events('listen_events') }}) as event
{{ fact_place() }}
left join {{ ref('dim_songs') }} as songs on songs.song_id = trim(event.song_id)
left join {{ ref('dim_artists') }} as artists on artists.artist_id = trim(event.artist_id)
