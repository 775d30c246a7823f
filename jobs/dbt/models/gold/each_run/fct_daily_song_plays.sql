with new_rows as (
  select
    event_date,
    song_id,
    1 as plays,
    0 as listeners,
    {# A decimal in milliseconds, so that the sum does not depend on the order. #}
    cast(listened_seconds as decimal(18,3)) as listened_seconds,
    int(is_skip) as skips
  from {{ ref('fct_listens') }}
  union all
  select day, group_id, 0, 1, 0, 0
  from {{ ref('int_seen_keys') }}
  where kind = 'listener'
),

together as (
  select * from new_rows
  union all
  select event_date, song_id, plays, listeners, cast(round(listened_seconds, 3) as decimal(18,3)), skips
  from {{ source('before', 'fct_daily_song_plays') }}
  where event_date in (select event_date from new_rows)
),

summed as (
  select
    event_date,
    song_id,
    sum(plays) as plays,
    sum(listeners) as listeners,
    sum(listened_seconds) as listened_seconds,
    sum(skips) as skips
  from together
  group by event_date, song_id
)

select
  summed.song_id,
  coalesce(songs.title, 'unknown') as title,
  coalesce(songs.artist_id, 'unknown') as artist_id,
  coalesce(artists.name, 'unknown') as artist_name,
  coalesce(songs.genre, 'unknown') as genre,
  summed.plays,
  summed.listeners,
  cast(summed.listened_seconds as double) as listened_seconds,
  summed.skips,
  summed.event_date
from summed
{# Plays of a song that has left the catalogue stay. #}
left join {{ ref('dim_songs') }} as songs on songs.song_id = summed.song_id
left join {{ ref('dim_artists') }} as artists on artists.artist_id = songs.artist_id
