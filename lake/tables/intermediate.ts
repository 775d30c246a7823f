import type { Column, Columns, Table } from "./column";
import { dimCustomers } from "./silver-dimensions";

/**
 * Tables between silver's own that no reader is promised. A `…_days` table has one small row a customer or merchant and day;
 * its `…_totals` twin holds closed months, so that no run reads the days of all history.
 */
export interface IntermediateTable extends Omit<Table, "partitionedBy"> {
  readonly partitionedBy: "event_date" | "event_month" | null;
}

const partitions = {
  event_date: { event_date: { type: "date", doc: "UTC day of the events" } },
  event_month: { event_month: { type: "date", doc: "First day of the month" } },
} as const satisfies Record<string, Columns>;

function table(
  name: string,
  partitionedBy: "event_date" | "event_month",
  grain: string,
  doc: string,
  key: readonly string[],
  columns: Columns,
): IntermediateTable {
  return {
    name,
    layer: "silver",
    grain,
    doc,
    key,
    partitionedBy,
    columns: { ...columns, ...partitions[partitionedBy] },
  };
}

const customerId = { type: "string", doc: "The customer" } as const satisfies Column;
const merchantId = { type: "string", doc: "The merchant" } as const satisfies Column;

const customerState = {
  customer_id: customerId,
  changed_at: { type: "timestamp", doc: "When it was first seen" },
  first_name: { type: "string", doc: "First name", nullable: true },
  last_name: { type: "string", doc: "Last name", nullable: true },
  gender: { type: "string", doc: "As given", nullable: true },
  birth_year: { type: "int", doc: "Year of birth", nullable: true },
  registered_at: { type: "timestamp", doc: "When the customer registered", nullable: true },
  home_location_id: { type: "string", doc: "Where the customer lives", nullable: true },
  level: { type: "string", doc: "Level; none after a cancellation", allowed: ["none", "free", "paid"] },
} as const satisfies Columns;

const customerFigures = {
  customer_id: customerId,
  level: {
    type: "string",
    doc: "Level of the newest event that says it",
    nullable: true,
    allowed: ["none", "free", "paid"],
  },
  listens: { type: "long", doc: "Songs heard" },
  listened_ms: { type: "long", doc: "How long, milliseconds" },
  transactions: { type: "long", doc: "Approved purchases" },
  total_amount: { type: "money", doc: "Sum of approved purchases, EUR" },
  purchases: { type: "long", doc: "Purchases asked for" },
  fraud_alerts: { type: "long", doc: "Purchases flagged as fraud" },
} as const satisfies Columns;

const merchantFigures = {
  merchant_id: merchantId,
  transactions: { type: "long", doc: "Approved purchases" },
  total_amount: { type: "money", doc: "Sum of approved purchases, EUR" },
  purchases: { type: "long", doc: "Purchases asked for" },
  chargebacks: { type: "long", doc: "Chargebacks" },
  fraud_alerts: { type: "long", doc: "Purchases flagged as fraud" },
} as const satisfies Columns;

export const intermediateTables: readonly IntermediateTable[] = [
  table(
    "int_customer_changes",
    "event_date",
    "one change of what is known of a customer",
    "Log-ins and status changes that say something new",
    ["event_date", "customer_id", "changed_at"],
    customerState,
  ),
  table(
    "int_customer_closed_changes",
    "event_month",
    "one change of what is known of a customer",
    "Changes of closed months",
    ["event_month", "customer_id", "changed_at"],
    customerState,
  ),
  {
    ...dimCustomers,
    name: "int_customer_versions",
    doc: "Customers that logged in or changed status, with their history",
  },
  table(
    "int_purchase_scores",
    "event_date",
    "one purchase asked for",
    "How much each purchase looks like fraud, by what was known when it was asked for",
    ["event_id"],
    {
      event_id: { type: "string", doc: "The purchase" },
      event_time: { type: "timestamp", doc: "When it was asked for, UTC" },
      customer_id: customerId,
      merchant_id: merchantId,
      amount: { type: "money", doc: "Amount, EUR" },
      status: { type: "string", doc: "The bank's answer", allowed: ["approved", "declined"] },
      fraud_score: { type: "rate", doc: "0 to 1" },
      is_flagged: { type: "boolean", doc: "Score of 0.5 or more" },
      rules: { type: "strings", doc: "Rules that fired" },
      evidence: { type: "string", doc: "What each rule saw, as JSON" },
    },
  ),
  table(
    "int_customer_days",
    "event_date",
    "one customer on one day",
    "What a customer did in a day",
    ["event_date", "customer_id"],
    {
      ...customerFigures,
      was_free: { type: "boolean", doc: "Whether any event was at level free" },
      sessions: { type: "long", doc: "Visits with any event" },
      page_views: { type: "long", doc: "Pages opened" },
      logins: { type: "long", doc: "Log-ins granted" },
      failed_logins: { type: "long", doc: "Log-ins refused" },
      registrations: { type: "long", doc: "Registrations" },
      upgrades: { type: "long", doc: "Free to paid" },
      downgrades: { type: "long", doc: "Paid to free" },
      cancellations: { type: "long", doc: "Cancellations" },
      refund_amount: { type: "money", doc: "Sum of refunds, EUR" },
      chargeback_amount: { type: "money", doc: "Sum of chargebacks, EUR" },
    },
  ),
  table(
    "int_customer_totals",
    "event_month",
    "one customer at the end of a month",
    "Lifetime figures of customers to the end of each closed month",
    ["event_month", "customer_id"],
    {
      ...customerFigures,
      active_days: { type: "long", doc: "Days with an event" },
      last_active_date: { type: "date", doc: "Last day with an event" },
    },
  ),
  table(
    "int_merchant_days",
    "event_date",
    "one merchant on one day",
    "What a merchant did in a day",
    ["event_date", "merchant_id"],
    {
      ...merchantFigures,
      declined: { type: "long", doc: "Purchases that the bank declined" },
      customers: { type: "long", doc: "Customers with an approved purchase" },
      refunds: { type: "long", doc: "Refunds" },
      refund_amount: { type: "money", doc: "Sum of refunds, EUR" },
      chargeback_amount: { type: "money", doc: "Sum of chargebacks, EUR" },
      mean_fraud_score: { type: "rate", doc: "Mean score of the purchases, 0 to 1; 0 without any" },
    },
  ),
  table(
    "int_merchant_totals",
    "event_month",
    "one merchant at the end of a month",
    "Lifetime figures of merchants to the end of each closed month",
    ["event_month", "merchant_id"],
    merchantFigures,
  ),
];
