import { eventSchemas } from "../events";
import type { Field } from "../events/field";
import { fieldTypes } from "../events/field-types";
import { sparkTypes, type Storage } from "./column";
import { fctTransactions } from "./silver-facts";

/**
 * State that silver and gold keep from run to run, and that readers must not rely on. It has two more kinds of storage:
 *
 * | kind | files | a run |
 * |---|---|---|
 * | `keys` | `<table>/YYYY-MM-DD-run-N-i.parquet`, many per day | adds a file per day; small ones are merged when there are many |
 * | `newest` | `<table>/run-N-i.parquet`, many | adds a file; of rows with the same key, the one with the newest `run` is valid |
 */
export interface InternalTable {
  readonly name: string;
  readonly layer: "silver" | "gold";
  readonly grain: string;
  readonly doc: string;
  readonly key: readonly string[];
  readonly storage: Storage | "keys" | "newest";
  readonly partitionedBy: "event_date" | "day" | null;
  /** Spark types by column. */
  readonly columns: Readonly<Record<string, string>>;
}

const { money, rate } = sparkTypes;

const customerObservations: InternalTable = {
  name: "int_customer_observations",
  layer: "silver",
  grain: "one log-in granted, or one change of status",
  doc: "What an event says of its customer: dim_customers is made of it",
  key: ["event_id"],
  storage: "append",
  partitionedBy: "event_date",
  columns: {
    event_id: "string",
    customer_id: "string",
    observed_at: "timestamp",
    first_name: "string",
    last_name: "string",
    gender: "string",
    birth_year: "int",
    registered_at: "timestamp",
    home_location_id: "string",
    level: "string",
    event_date: "date",
  },
};

const transactionFields = Object.entries<Field>(eventSchemas.transaction_events.fields).map(
  ([name, field]) => [name, fieldTypes[field.type].spark] as const,
);

const waitingTransactions: InternalTable = {
  name: "int_waiting_transactions",
  layer: "silver",
  grain: "one transaction without a rate of exchange",
  doc: "Transactions, as bronze has them, whose currency the catalogue has no rate of: they go on when it has",
  key: ["kafka_partition", "kafka_offset", "bronze_batch"],
  storage: "whole",
  partitionedBy: null,
  columns: {
    kafka_partition: "int",
    kafka_offset: "bigint",
    kafka_timestamp: "timestamp",
    ...Object.fromEntries(transactionFields),
    bronze_batch: "bigint",
  },
};

const eventIds: InternalTable = {
  name: "int_event_ids",
  layer: "silver",
  grain: "one event of silver",
  doc: "Hashes of the ids of all events that arrived within the late limit, by day of arrival: finds copies",
  key: ["id_hash", "id_check"],
  storage: "keys",
  partitionedBy: "day",
  columns: { id_hash: "bigint", id_check: "int", content_hash: "bigint", day: "date" },
};

const customerActs: InternalTable = {
  name: "int_customer_acts",
  layer: "silver",
  grain: "one customer at the end of a run",
  doc: "What the fraud rules know of a customer: sums of what was approved, devices, the last place, the last half hour",
  key: ["customer_id"],
  storage: "newest",
  partitionedBy: null,
  columns: {
    customer_id: "string",
    acts: "bigint",
    purchases: "bigint",
    amount_sum: "decimal(38,2)",
    amount_squares: "decimal(38,4)",
    last_act: "struct<at:timestamp,event_id:string,latitude:double,longitude:double>",
    newest_at: "timestamp",
    devices: "array<struct<first_at:timestamp,device_id:string>>",
    recent: "array<struct<at:timestamp,what:string,card_id:string>>",
    run: "bigint",
  },
};

const merchantActs: InternalTable = {
  name: "int_merchant_acts",
  layer: "silver",
  grain: "one merchant on one day of arrival",
  doc: "What the fraud rules know of a merchant, of the last 30 days of arrival",
  key: ["merchant_id", "arrival_date"],
  storage: "whole",
  partitionedBy: null,
  columns: {
    merchant_id: "string",
    arrival_date: "date",
    purchases: "bigint",
    chargebacks: "bigint",
    round_high: "bigint",
  },
};

const rates: InternalTable = {
  name: "int_rates",
  layer: "silver",
  grain: "one currency on one day",
  doc: "The rates of exchange that fct_transactions was converted with: a rate that changes later is found by it",
  key: ["currency", "rate_date"],
  storage: "whole",
  partitionedBy: null,
  columns: { currency: "string", rate_date: "date", rate },
};

const amountCorrections: InternalTable = {
  name: "int_amount_corrections",
  layer: "silver",
  grain: "one transaction whose rate of exchange changed after it was converted",
  doc: "By how much its amount changed: gold's sums take it in",
  key: ["event_id", "run"],
  storage: "append",
  partitionedBy: "event_date",
  columns: {
    event_id: "string",
    customer_id: "string",
    merchant_id: "string",
    kind: "string",
    status: "string",
    amount: money,
    run: "bigint",
    event_date: "date",
  },
};

const correctedTransactions: InternalTable = {
  name: "int_corrected_transactions",
  layer: "silver",
  grain: "one transaction",
  doc: "Transactions of days whose rate of exchange has changed: staged here, and put in the place of those of fct_transactions",
  key: ["event_id"],
  storage: "append",
  partitionedBy: "event_date",
  columns: Object.fromEntries(
    Object.entries(fctTransactions.columns).map(([column, { type }]) => [column, sparkTypes[type]]),
  ),
};

const seenKeys: InternalTable = {
  name: "int_seen_keys",
  layer: "gold",
  grain:
    "one thing that is counted once a day: a customer, a visit, a listener of a song, a customer of a merchant",
  doc: "Hashes of what was counted already, by day of the event: distinct counts are added up from what is new in it",
  key: ["key_hash", "key_check"],
  storage: "keys",
  partitionedBy: "day",
  columns: { kind: "string", group_id: "string", key_hash: "bigint", key_check: "int", day: "date" },
};

const customerTotals: InternalTable = {
  name: "int_customer_totals",
  layer: "gold",
  grain: "one customer",
  doc: "Lifetime figures of customers",
  key: ["customer_id"],
  storage: "whole",
  partitionedBy: null,
  columns: {
    customer_id: "string",
    level: "string",
    level_at: "timestamp",
    last_active_date: "date",
    active_days: "bigint",
    recent_days: "array<date>",
    listens: "bigint",
    listened_ms: "bigint",
    transactions: "bigint",
    total_amount: money,
    purchases: "bigint",
    fraud_alerts: "bigint",
  },
};

export const internalTables: readonly InternalTable[] = [
  customerObservations,
  waitingTransactions,
  eventIds,
  customerActs,
  merchantActs,
  rates,
  amountCorrections,
  correctedTransactions,
  seenKeys,
  customerTotals,
];
