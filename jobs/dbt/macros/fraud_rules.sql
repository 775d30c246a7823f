{#
  The fraud rules: the condition and the evidence of each, and its weight (0 to 1). A purchase's score is 1 - product(1 - weight) of
  the rules that fire. Columns are those of `seen` in fct_purchase_scores; all are known when the purchase is requested.
#}
{% macro fraud_rules() %}
  {%- do return([
    {'name': 'card_testing', 'weight': 0.9,
     'when': 'attempts_10m >= 4 and cards_10m >= 3 or declines_10m >= 3',
     'evidence': ['attempts_10m', 'cards_10m', 'declines_10m']},
    {'name': 'impossible_travel', 'weight': 0.9,
     'when': 'travelled_km > 300 and travelled_km > 900 * away_hours',
     'evidence': ['travelled_km', 'away_hours']},
    {'name': 'account_takeover', 'weight': 0.85,
     'when': 'failed_logins_30m >= 3 and amount >= 50',
     'evidence': ['failed_logins_30m']},
    {'name': 'merchant_risk', 'weight': 0.7,
     'when': 'is_round_and_high and merchant_round_high >= 3 and merchant_round_high >= 0.3 * merchant_purchases',
     'evidence': ['merchant_round_high', 'merchant_purchases']},
    {'name': 'merchant_disputes', 'weight': 0.4,
     'when': 'merchant_chargebacks >= 3 and merchant_chargebacks >= 0.05 * merchant_purchases',
     'evidence': ['merchant_chargebacks', 'merchant_purchases']},
    {'name': 'amount_outlier', 'weight': 0.4,
     'when': 'own_purchases >= 3 and amount > 50 and amount > own_mean + 4 * greatest(own_deviation, 0.2 * own_mean)',
     'evidence': ['own_purchases', 'own_mean', 'own_deviation']},
    {'name': 'new_device', 'weight': 0.35,
     'when': 'own_acts >= 3 and device_known_minutes < 10 and amount >= 100',
     'evidence': ['own_acts', 'device_known_minutes']},
  ]) -%}
{% endmacro %}

{# A purchase is flagged from this score on. #}
{% macro flagged_from() -%} 0.5 {%- endmacro %}
