with of_catalogue as (
  select * from {{ merchant_versions() }}
),

{# A merchant with sales that is not in the catalogue gets a row too, so that no sale is dropped. #}
seen as (
  select merchant_id from {{ source('before', 'dim_merchants') }}
  union
  select merchant_id from {{ source('added', 'fct_transactions') }}
),

unknown as (
  select merchant_id, {{ beginning() }} as valid_from
  from seen left anti join of_catalogue using (merchant_id)
)

select
  merchant_key, merchant_id, name, category, country_code, currency, commission_rate, valid_from, valid_to, is_current
from of_catalogue
union all
select
  {{ version_key('merchant_id', 'valid_from') }},
  merchant_id,
  merchant_id,
  'unknown',
  'ZZ',
  'XXX',
  cast(0 as double),
  valid_from,
  cast(null as timestamp),
  true
from unknown
