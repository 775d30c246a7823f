import type { EventTopic } from "../events";
import { authEvent } from "../events/auth";
import { pageViewEvent } from "../events/page-view";
import { statusChangeEvent } from "../events/status-change";
import { transactionEvent } from "../events/transaction";
import type { Columns, Table } from "./column";

const identity = {
  event_id: { type: "string", doc: "Id of the event, by which duplicates are removed" },
  event_time: { type: "timestamp", doc: "When the event happened, UTC" },
  customer_id: { type: "string", doc: "The customer; dim_customers has a version valid at event_time" },
  device_id: { type: "string", doc: "Device that was used" },
  location_id: { type: "string", doc: "Where the device was", references: "dim_locations.location_id" },
} as const satisfies Columns;

const lineage = {
  kafka_partition: { type: "int", doc: "Kafka partition of the record kept, the first to arrive" },
  kafka_offset: { type: "long", doc: "Kafka offset of the record kept" },
  kafka_timestamp: { type: "timestamp", doc: "When Kafka received the record" },
  bronze_batch: { type: "long", doc: "Bronze batch that read the record: the number in its file's name" },
  event_date: { type: "date", doc: "UTC day of event_time" },
} as const satisfies Columns;

const session = { type: "string", doc: "Session it belongs to" } as const;
const level = {
  type: "string",
  doc: "Customer's subscription level at that time",
  allowed: ["free", "paid"],
} as const;

function fact(name: string, grain: string, doc: string, columns: Columns): Table {
  return {
    name,
    layer: "silver",
    grain,
    doc,
    key: ["event_id"],
    storage: "append",
    partitionedBy: "event_date",
    columns: { ...identity, ...columns, ...lineage },
  };
}

export const fctListens = fact("fct_listens", "one song played", "Songs played, without duplicates", {
  session_id: session,
  song_id: { type: "string", doc: "The song", references: "dim_songs.song_id" },
  artist_id: { type: "string", doc: "The artist", references: "dim_artists.artist_id" },
  listened_seconds: { type: "double", doc: "Time listened, seconds" },
  is_skip: { type: "boolean", doc: "Whether it was played for less than 30 seconds" },
  level,
});

export const fctPageViews = fact("fct_page_views", "one page view", "Page views, without duplicates", {
  session_id: session,
  page: { type: "string", doc: "The page", allowed: pageViewEvent.fields.page.allowed },
  method: { type: "string", doc: "HTTP method", allowed: pageViewEvent.fields.method.allowed },
  status: { type: "int", doc: "HTTP status code" },
  is_error: { type: "boolean", doc: "Whether the HTTP status is 400 or more" },
  level,
});

export const fctAuths = fact(
  "fct_auths",
  "one log-in or log-out",
  "Log-ins, granted or refused, and log-outs",
  {
    session_id: session,
    action: { type: "string", doc: "What the customer requested", allowed: authEvent.fields.action.allowed },
    succeeded: { type: "boolean", doc: "Whether the request was granted" },
    failure_reason: {
      type: "string",
      doc: "Why the request was refused",
      nullable: true,
      allowed: authEvent.fields.failure_reason.allowed,
    },
    ip: { type: "string", doc: "IP address of the client" },
    level,
  },
);

export const fctStatusChanges = fact(
  "fct_status_changes",
  "one change of a customer's status",
  "Registrations, upgrades, downgrades, cancellations",
  {
    change: { type: "string", doc: "What changed", allowed: statusChangeEvent.fields.change.allowed },
    level_before: {
      type: "string",
      doc: "Level before the change",
      allowed: statusChangeEvent.fields.level_before.allowed,
    },
    level_after: {
      type: "string",
      doc: "Level after the change",
      allowed: statusChangeEvent.fields.level_after.allowed,
    },
  },
);

export const fctTransactions = fact(
  "fct_transactions",
  "one attempted purchase, refund or chargeback",
  "Payments between customers and merchants, converted to one currency",
  {
    session_id: { ...session, nullable: true },
    kind: { type: "string", doc: "Kind of transaction", allowed: transactionEvent.fields.kind.allowed },
    original_event_id: {
      type: "string",
      doc: "Purchase that a refund or chargeback returns",
      nullable: true,
    },
    merchant_id: { type: "string", doc: "The merchant; dim_merchants has a version valid at event_time" },
    amount: { type: "money", doc: "Amount in EUR, converted at the day's rate, rounded half up to cents" },
    original_amount: { type: "money", doc: "Amount as sent" },
    currency: {
      type: "string",
      doc: "Currency as sent",
      allowed: transactionEvent.fields.currency.allowed,
    },
    exchange_rate: { type: "rate", doc: "EUR per unit of the currency on that day" },
    card_id: { type: "string", doc: "Token of the card" },
    status: { type: "string", doc: "The bank's decision", allowed: transactionEvent.fields.status.allowed },
    decline_reason: {
      type: "string",
      doc: "Why the bank declined the transaction",
      nullable: true,
      allowed: transactionEvent.fields.decline_reason.allowed,
    },
    channel: { type: "string", doc: "Sales channel", allowed: transactionEvent.fields.channel.allowed },
    ip: { type: "string", doc: "IP address of the client" },
  },
);

/** The silver fact that each topic becomes. */
export const silverFacts: Record<EventTopic, Table> = {
  listen_events: fctListens,
  page_view_events: fctPageViews,
  auth_events: fctAuths,
  status_change_events: fctStatusChanges,
  transaction_events: fctTransactions,
};

export const fctPurchaseScores: Table = {
  name: "fct_purchase_scores",
  layer: "silver",
  grain: "one attempted purchase",
  doc: "Fraud score of each purchase, computed once from what had arrived before it",
  key: ["event_id"],
  storage: "append",
  partitionedBy: "event_date",
  columns: {
    event_id: { type: "string", doc: "The purchase" },
    event_time: { type: "timestamp", doc: "When the purchase was attempted, UTC" },
    customer_id: { type: "string", doc: "Customer" },
    merchant_id: { type: "string", doc: "Merchant" },
    amount: { type: "money", doc: "Amount, EUR" },
    status: { type: "string", doc: "The bank's decision", allowed: transactionEvent.fields.status.allowed },
    fraud_score: { type: "rate", doc: "Fraud score, 0 to 1" },
    is_flagged: { type: "boolean", doc: "Whether the score is 0.5 or more" },
    rules: { type: "strings", doc: "Rules that fired" },
    evidence: { type: "string", doc: "The values on which each rule fired, as JSON" },
    scored_at: { type: "timestamp", doc: "When the score was computed; it never changes afterwards" },
    bronze_batch: lineage.bronze_batch,
    event_date: lineage.event_date,
  },
};

/** Why silver does not hold an event of bronze. */
export const exclusionReasons = {
  copy: "an event of the same id, with the same content, arrived before",
  conflict: "an event of the same id, with other content, arrived before",
  late: "it arrived too long after it happened",
  early: "it arrived too long before it happened",
  broken: "a test of silver refused it; `detail` says which",
} as const;

export type ExclusionReason = keyof typeof exclusionReasons;

export const excludedEvents: Table = {
  name: "excluded_events",
  layer: "silver",
  grain: "one bronze event that silver excludes",
  doc: "Bronze events that are not in a fact: copies, conflicts, late and early events, and events that a test refused",
  key: ["topic", "kafka_partition", "kafka_offset"],
  storage: "append",
  partitionedBy: "arrival_date",
  columns: {
    topic: { type: "string", doc: "Topic the event was sent to" },
    event_id: { type: "string", doc: "Id of the event" },
    event_time: { type: "timestamp", doc: "When the event says that it happened" },
    reason: {
      type: "string",
      doc: "Why silver excludes the event",
      allowed: Object.keys(exclusionReasons),
    },
    detail: { type: "string", doc: "Message of the test that refused it", nullable: true },
    kafka_partition: { type: "int", doc: "Kafka partition of the record" },
    kafka_offset: { type: "long", doc: "Kafka offset of the record" },
    kafka_timestamp: { type: "timestamp", doc: "When Kafka received the record" },
    bronze_batch: lineage.bronze_batch,
    arrival_date: { type: "date", doc: "UTC day of kafka_timestamp" },
  },
};
