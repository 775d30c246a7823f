with plays as (
  select
    event_date,
    song_id,
    count(*) as plays,
    count(distinct customer_id) as listeners,
    {# Whole milliseconds, so that the sum does not depend on the order. #}
    sum(cast(listened_seconds as decimal(18,3))) as listened_seconds,
    count_if(is_skip) as skips
  from {{ ref('fct_listens') }}
  where {{ in_days('event_date', days_of(model.name)) }}
  group by event_date, song_id
)

select
  songs.song_id,
  songs.title,
  songs.artist_id,
  artists.name as artist_name,
  songs.genre,
  plays.plays,
  plays.listeners,
  cast(plays.listened_seconds as double) as listened_seconds,
  plays.skips,
  plays.event_date
from plays
inner join {{ ref('dim_songs') }} as songs on songs.song_id = plays.song_id
inner join {{ ref('dim_artists') }} as artists on artists.artist_id = songs.artist_id
