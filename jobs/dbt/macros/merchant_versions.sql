{# Subquery of the catalogue's merchants, with all their versions. #}
{% macro merchant_versions() -%}
  (select
    *,
    {{ version_key('merchant_id', 'valid_from') }} as merchant_key,
    valid_to is null as is_current
  from (
    select *, if(version = 1, {{ beginning() }}, began) as valid_from
    from (
      select
        trim(merchant_id) as merchant_id,
        {{ tidy('name') }} as name,
        {{ code('category') }} as category,
        upper(trim(country_code)) as country_code,
        upper(trim(currency)) as currency,
        commission_rate,
        cast(valid_from as timestamp) as began,
        row_number() over (partition by trim(merchant_id) order by valid_from) as version,
        cast(lead(valid_from) over (partition by trim(merchant_id) order by valid_from) as timestamp) as valid_to
      from {{ source('reference', 'merchants') }}
    )
  ))
{%- endmacro %}
