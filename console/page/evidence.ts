import { counted, decimal, duration, money, percent } from "./numbers";
import { shown } from "./shown-text";

type Values = Readonly<Record<string, string>>;
type Numbers = Readonly<Record<string, number>>;

interface Rule {
  readonly title: string;
  readonly sentence: (of: (name: string) => number) => string;
  readonly values: readonly string[];
}

/** The rules of jobs/dbt/macros/fraud_rules.sql. */
const rules: Readonly<Record<string, Rule>> = {
  card_testing: {
    title: "Card testing",
    values: ["attempts_10m", "cards_10m", "declines_10m"],
    sentence: (of) =>
      `${counted(of("attempts_10m"), "attempt")} with ${counted(of("cards_10m"), "card")} within 10 minutes; the bank had declined ${of("declines_10m")} of them.`,
  },
  impossible_travel: {
    title: "Impossible travel",
    values: ["travelled_km", "away_hours"],
    sentence: (of) =>
      `${decimal(of("travelled_km"))} km from where the customer was ${duration(of("away_hours") * 3_600_000)} earlier: nobody travels that fast.`,
  },
  account_takeover: {
    title: "Account takeover",
    values: ["failed_logins_30m"],
    sentence: (of) =>
      `${counted(of("failed_logins_30m"), "refused log-in")} in the 30 minutes before this purchase of 50 EUR or more.`,
  },
  merchant_risk: {
    title: "Suspicious merchant",
    values: ["merchant_round_high", "merchant_purchases"],
    sentence: (of) =>
      `A high, round amount, as ${of("merchant_round_high")} of this merchant's ${counted(of("merchant_purchases"), "purchase")} in 30 days were.`,
  },
  merchant_disputes: {
    title: "Disputed merchant",
    values: ["merchant_chargebacks", "merchant_purchases"],
    sentence: (of) =>
      `${counted(of("merchant_chargebacks"), "chargeback")} on ${counted(of("merchant_purchases"), "purchase")} of this merchant in 30 days (${percent(of("merchant_chargebacks") / Math.max(1, of("merchant_purchases")))}).`,
  },
  amount_outlier: {
    title: "Unusual amount",
    values: ["own_purchases", "own_mean", "own_deviation"],
    sentence: (of) =>
      `Far above what this customer spends: ${money(of("own_mean"))} on average, give or take ${money(of("own_deviation"))}, over ${counted(of("own_purchases"), "purchase")}.`,
  },
  new_device: {
    title: "New device",
    values: ["own_acts", "device_known_minutes"],
    sentence: (of) =>
      `100 EUR or more from a device first seen ${duration(of("device_known_minutes") * 60_000)} before, by a customer with ${counted(of("own_acts"), "earlier act")}.`,
  },
};

function ruleOf(name: string): Rule | undefined {
  return Object.hasOwn(rules, name) ? rules[name] : undefined;
}

export function ruleTitle(rule: string): string {
  return ruleOf(rule)?.title ?? shown(rule);
}

/** A rule's evidence as a sentence; as `name = value` pairs for a rule that this page doesn't know. */
export function evidenceSentence(rule: string, values: Values): string {
  const known = ruleOf(rule);
  const numbers = known && numbersOf(known.values, values);
  if (known && numbers) return known.sentence((name) => numbers[name] ?? 0);
  const pairs = Object.entries(values).map(([name, value]) => `${name} = ${value}`);
  return shown(pairs.join(", "));
}

function numbersOf(names: readonly string[], values: Values): Numbers | null {
  const numbers: Record<string, number> = {};
  for (const name of names) {
    const text = values[name];
    const number = text === undefined || text.trim() === "" ? NaN : Number(text);
    if (!Number.isFinite(number)) return null;
    numbers[name] = number;
  }
  return numbers;
}
