import {
  facts,
  fctDailySongPlays,
  fctFraudAlerts,
  goldDimCustomers,
  goldDimMerchants,
  kpiDaily,
} from "../../lake/tables/gold";
import {
  fctAuths,
  fctListens,
  fctPageViews,
  fctPurchaseScores,
  fctStatusChanges,
  fctTransactions,
} from "../../lake/tables/silver-facts";
import type { Table } from "../../lake/tables";
import { cents } from "./accepted";

/** One side of a comparison: an aggregate over the rows of a table. */
export interface Aggregate {
  readonly table: Table;
  readonly sum: string;
}

/** A figure that must be the same in several tables. It is compared by day where both tables have days. */
export interface Comparison {
  readonly name: string;
  readonly expected: Aggregate;
  readonly actual: readonly Aggregate[];
  /** The figure is in cents, and shown as an amount. */
  readonly money?: true;
}

/** SQL condition on silver's transactions. */
export const sold = "kind = 'purchase' AND status = 'approved'";
const silverCents = (condition: string) => `toInt64(sumIf(amount, ${condition}) * 100)`;
const goldCents = (column: string) => `sum(${cents(column)})`;

/** Figures that gold and silver must agree on. All are integers, so they must be exactly equal. */
export const comparisons: readonly Comparison[] = [
  {
    name: "money sold is silver's, to the cent",
    expected: { table: fctTransactions, sum: silverCents(sold) },
    actual: [
      { table: facts, sum: goldCents("total_amount") },
      { table: kpiDaily, sum: goldCents("revenue") },
      { table: goldDimMerchants, sum: goldCents("total_amount") },
      { table: goldDimCustomers, sum: goldCents("total_amount") },
    ],
    money: true,
  },
  {
    name: "money returned is silver's, to the cent",
    expected: {
      table: fctTransactions,
      sum: silverCents("kind IN ('refund', 'chargeback') AND status = 'approved'"),
    },
    actual: [
      { table: facts, sum: `${goldCents("refund_amount")} + ${goldCents("chargeback_amount")}` },
      { table: kpiDaily, sum: `${goldCents("refund_amount")} + ${goldCents("chargeback_amount")}` },
    ],
    money: true,
  },
  {
    name: "purchases approved are silver's",
    expected: { table: fctTransactions, sum: `toInt64(countIf(${sold}))` },
    actual: [
      { table: facts, sum: "sum(transactions)" },
      { table: kpiDaily, sum: "sum(transactions)" },
      { table: goldDimMerchants, sum: "sum(transactions)" },
      { table: goldDimCustomers, sum: "sum(transactions)" },
    ],
  },
  {
    name: "purchases declined are silver's",
    expected: { table: fctTransactions, sum: "toInt64(countIf(kind = 'purchase' AND status = 'declined'))" },
    actual: [{ table: facts, sum: "sum(declined)" }],
  },
  {
    name: "fraud scores add up to silver's",
    expected: { table: fctPurchaseScores, sum: "toInt64(sum(fraud_score) * 100000000)" },
    actual: [{ table: facts, sum: "toInt64(sum(fraud_score_sum) * 100000000)" }],
  },
  {
    name: "songs heard are silver's",
    expected: { table: fctListens, sum: "toInt64(count())" },
    actual: [
      { table: fctDailySongPlays, sum: "sum(plays)" },
      { table: kpiDaily, sum: "sum(listens)" },
      { table: goldDimCustomers, sum: "sum(listens)" },
    ],
  },
  {
    name: "pages opened are silver's",
    expected: { table: fctPageViews, sum: "toInt64(count())" },
    actual: [{ table: kpiDaily, sum: "sum(page_views)" }],
  },
  {
    name: "log-ins are silver's",
    expected: { table: fctAuths, sum: "toInt64(countIf(action = 'login'))" },
    actual: [{ table: kpiDaily, sum: "sum(logins) + sum(failed_logins)" }],
  },
  {
    name: "registrations and cancellations are silver's",
    expected: { table: fctStatusChanges, sum: "toInt64(countIf(change IN ('register', 'cancel')))" },
    actual: [{ table: kpiDaily, sum: "sum(registrations) + sum(cancellations)" }],
  },
  {
    name: "fraud alerts are as many wherever they are told",
    expected: { table: fctPurchaseScores, sum: "toInt64(countIf(is_flagged))" },
    actual: [
      { table: fctFraudAlerts, sum: "toInt64(count())" },
      { table: facts, sum: "sum(fraud_alerts)" },
      { table: kpiDaily, sum: "sum(fraud_alerts)" },
      { table: goldDimMerchants, sum: "sum(fraud_alerts)" },
      { table: goldDimCustomers, sum: "sum(fraud_alerts)" },
    ],
  },
];
