{# Risk class from two rates: disputes per sale (card schemes warn at 0.9 %), and the share of purchases flagged. #}
{% macro risk_class(dispute_rate, fraud_rate) -%}
  case
    when {{ dispute_rate }} >= 0.02 or {{ fraud_rate }} >= 0.1 then 'high'
    when {{ dispute_rate }} >= 0.009 or {{ fraud_rate }} >= 0.02 then 'medium'
    else 'low'
  end
{%- endmacro %}
