select
  event_date,
  year(event_date) as year,
  quarter(event_date) as quarter,
  month(event_date) as month,
  day(event_date) as day_of_month,
  weekofyear(event_date) as iso_week,
  weekday(event_date) + 1 as day_of_week,
  weekday(event_date) >= 5 as is_weekend
from (select explode(sequence(date'2000-01-01', date'2049-12-31')) as event_date)
