select upper(trim(currency)) as currency, rate_date, rate
from {{ source('reference', 'exchange_rates') }}
