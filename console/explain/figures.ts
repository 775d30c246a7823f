import type { EventTopic } from "../../lake/events";
import type { Table } from "../../lake/tables";
import { facts, fctDailySongPlays, kpiDaily } from "../../lake/tables/gold";
import {
  fctAuths,
  fctListens,
  fctPageViews,
  fctPurchaseScores,
  fctStatusChanges,
  fctTransactions,
} from "../../lake/tables/silver-facts";
import { sold } from "../../smoke/reading/gold-comparisons";

/** A figure of a gold table that is a number of silver's rows, or the sum of a column of theirs. */
export interface Figure {
  readonly table: Table;
  readonly column: string;
  /** The silver table whose rows it counts, and the topic that these come from. */
  readonly from: Table;
  readonly topic: EventTopic;
  /** SQL condition on those rows. */
  readonly where: string;
  /** The column that is added up; null: the rows are counted. */
  readonly adds: string | null;
}

type Counted = Omit<Figure, "table" | "column">;

const count = (from: Table, topic: EventTopic, where = "true"): Counted => ({
  ...{ from, topic, where, adds: null },
});

const transactions = (where: string, adds: string | null = null): Counted => ({
  ...{ from: fctTransactions, topic: "transaction_events", where, adds },
});

const changes = (change: string) => count(fctStatusChanges, "status_change_events", `change = '${change}'`);

const logins = (succeeded: boolean) =>
  count(fctAuths, "auth_events", `action = 'login' AND succeeded = ${succeeded}`);

const refunded = "kind = 'refund' AND status = 'approved'";
const chargedBack = "kind = 'chargeback' AND status = 'approved'";
const flagged = count(fctPurchaseScores, "transaction_events", "is_flagged");
const plays = count(fctListens, "listen_events");

const byTable: readonly (readonly [Table, Readonly<Record<string, Counted>>])[] = [
  [
    facts,
    {
      transactions: transactions(sold),
      declined: transactions("kind = 'purchase' AND status = 'declined'"),
      total_amount: transactions(sold, "amount"),
      refunds: transactions(refunded),
      refund_amount: transactions(refunded, "amount"),
      chargebacks: transactions(chargedBack),
      chargeback_amount: transactions(chargedBack, "amount"),
      fraud_alerts: flagged,
    },
  ],
  [fctDailySongPlays, { plays, skips: count(fctListens, "listen_events", "is_skip") }],
  [
    kpiDaily,
    {
      listens: plays,
      page_views: count(fctPageViews, "page_view_events"),
      logins: logins(true),
      failed_logins: logins(false),
      registrations: changes("register"),
      upgrades: changes("upgrade"),
      downgrades: changes("downgrade"),
      cancellations: changes("cancel"),
      purchases: transactions("kind = 'purchase'"),
      transactions: transactions(sold),
      revenue: transactions(sold, "amount"),
      refund_amount: transactions(refunded, "amount"),
      chargeback_amount: transactions(chargedBack, "amount"),
      fraud_alerts: flagged,
    },
  ],
];

/** Every figure that can be explained. Distinct counts are not among them: they don't add up from files. */
export const figures: readonly Figure[] = byTable.flatMap(([table, columns]) =>
  Object.entries(columns).map(([column, counted]) => ({ table, column, ...counted })),
);

export function isExplained({ layer, name }: Pick<Table, "layer" | "name">, column: string): boolean {
  return figures.some(
    ({ table, ...figure }) => table.layer === layer && table.name === name && figure.column === column,
  );
}
