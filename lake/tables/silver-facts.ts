import type { EventTopic } from "../events";
import { authEvent } from "../events/auth";
import { pageViewEvent } from "../events/page-view";
import { statusChangeEvent } from "../events/status-change";
import { transactionEvent } from "../events/transaction";
import type { Columns, Table } from "./column";

const identity = {
  event_id: { type: "string", doc: "The event's id; duplicates are removed by it" },
  event_time: { type: "timestamp", doc: "When it happened, UTC" },
  customer_id: { type: "string", doc: "Who did it; dim_customers has a version that holds at event_time" },
  device_id: { type: "string", doc: "Device it was done on" },
  location_id: { type: "string", doc: "Where the device was", references: "dim_locations.location_id" },
} as const satisfies Columns;

const lineage = {
  kafka_partition: { type: "int", doc: "Partition of the record kept, the first to arrive" },
  kafka_offset: { type: "long", doc: "Offset of the record kept" },
  kafka_timestamp: { type: "timestamp", doc: "When Kafka received it" },
  bronze_batch: { type: "long", doc: "Bronze's batch that read it: the number in the name of its file" },
  event_date: { type: "date", doc: "UTC day of event_time" },
} as const satisfies Columns;

const session = { type: "string", doc: "Visit it belongs to" } as const;
const level = { type: "string", doc: "Customer's level at that time", allowed: ["free", "paid"] } as const;

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

export const fctListens = fact("fct_listens", "one song heard", "Songs heard, without duplicates", {
  session_id: session,
  song_id: { type: "string", doc: "The song", references: "dim_songs.song_id" },
  artist_id: { type: "string", doc: "The artist", references: "dim_artists.artist_id" },
  listened_seconds: { type: "double", doc: "How long it was heard" },
  is_skip: { type: "boolean", doc: "Heard for less than 30 seconds" },
  level,
});

export const fctPageViews = fact("fct_page_views", "one page opened", "Pages opened, without duplicates", {
  session_id: session,
  page: { type: "string", doc: "Page", allowed: pageViewEvent.fields.page.allowed },
  method: { type: "string", doc: "HTTP method", allowed: pageViewEvent.fields.method.allowed },
  status: { type: "int", doc: "HTTP status" },
  is_error: { type: "boolean", doc: "HTTP status of 400 or more" },
  level,
});

export const fctAuths = fact("fct_auths", "one log-in or log-out", "Log-ins, granted or not, and log-outs", {
  session_id: session,
  action: { type: "string", doc: "What was asked for", allowed: authEvent.fields.action.allowed },
  succeeded: { type: "boolean", doc: "Whether it was granted" },
  failure_reason: {
    type: "string",
    doc: "Why it was refused",
    nullable: true,
    allowed: authEvent.fields.failure_reason.allowed,
  },
  ip: { type: "string", doc: "Address it came from" },
  level,
});

export const fctStatusChanges = fact(
  "fct_status_changes",
  "one change of a customer's status",
  "Registrations, upgrades, downgrades, cancellations",
  {
    change: { type: "string", doc: "What changed", allowed: statusChangeEvent.fields.change.allowed },
    level_before: {
      type: "string",
      doc: "Level before",
      allowed: statusChangeEvent.fields.level_before.allowed,
    },
    level_after: {
      type: "string",
      doc: "Level after",
      allowed: statusChangeEvent.fields.level_after.allowed,
    },
  },
);

export const fctTransactions = fact(
  "fct_transactions",
  "one purchase asked for, refund or chargeback",
  "Money between customers and merchants, in one currency",
  {
    session_id: { ...session, nullable: true },
    kind: { type: "string", doc: "Direction and cause", allowed: transactionEvent.fields.kind.allowed },
    original_event_id: { type: "string", doc: "Purchase that is returned", nullable: true },
    merchant_id: { type: "string", doc: "Merchant; dim_merchants has a version that holds at event_time" },
    amount: { type: "money", doc: "Amount in EUR, by the day's rate, rounded half up to cents" },
    original_amount: { type: "money", doc: "Amount as it was sent" },
    currency: {
      type: "string",
      doc: "Currency it was sent in",
      allowed: transactionEvent.fields.currency.allowed,
    },
    exchange_rate: { type: "rate", doc: "EUR for one unit of the currency that day" },
    card_id: { type: "string", doc: "Token of the card" },
    status: { type: "string", doc: "The bank's answer", allowed: transactionEvent.fields.status.allowed },
    decline_reason: {
      type: "string",
      doc: "Why the bank declined",
      nullable: true,
      allowed: transactionEvent.fields.decline_reason.allowed,
    },
    channel: { type: "string", doc: "How it was bought", allowed: transactionEvent.fields.channel.allowed },
    ip: { type: "string", doc: "Address it came from" },
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
  grain: "one purchase asked for",
  doc: "How much each purchase looks like fraud, scored once, by what had arrived before it",
  key: ["event_id"],
  storage: "append",
  partitionedBy: "event_date",
  columns: {
    event_id: { type: "string", doc: "The purchase" },
    event_time: { type: "timestamp", doc: "When it was asked for, UTC" },
    customer_id: { type: "string", doc: "Customer" },
    merchant_id: { type: "string", doc: "Merchant" },
    amount: { type: "money", doc: "Amount, EUR" },
    status: { type: "string", doc: "The bank's answer", allowed: transactionEvent.fields.status.allowed },
    fraud_score: { type: "rate", doc: "0 to 1" },
    is_flagged: { type: "boolean", doc: "Score of 0.5 or more" },
    rules: { type: "strings", doc: "Rules that fired" },
    evidence: { type: "string", doc: "What each rule saw, as JSON" },
    scored_at: { type: "timestamp", doc: "When the score was made; it never changes afterwards" },
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
  grain: "one event of bronze that silver does not hold",
  doc: "What became of the other events of bronze: copies, conflicts, events out of time, events that a test refused",
  key: ["topic", "kafka_partition", "kafka_offset"],
  storage: "append",
  partitionedBy: "arrival_date",
  columns: {
    topic: { type: "string", doc: "Topic it was sent to" },
    event_id: { type: "string", doc: "The event's id" },
    event_time: { type: "timestamp", doc: "When it happened, as it says" },
    reason: {
      type: "string",
      doc: "Why silver does not hold it",
      allowed: Object.keys(exclusionReasons),
    },
    detail: { type: "string", doc: "What a test said of it", nullable: true },
    kafka_partition: { type: "int", doc: "Partition of the record" },
    kafka_offset: { type: "long", doc: "Offset of the record" },
    kafka_timestamp: { type: "timestamp", doc: "When Kafka received it" },
    bronze_batch: lineage.bronze_batch,
    arrival_date: { type: "date", doc: "UTC day of kafka_timestamp" },
  },
};
