import type { StoredType } from "./events/field-types";
import { sourceHeader } from "./ledger";

export interface RawColumn extends StoredType {
  /** SQL over the columns that Spark reads from Kafka. */
  readonly read: string;
  readonly doc: string;
}

/** The columns of every row of bronze and quarantine, before the event's own or the reason. */
export const rawColumns = {
  kafka_partition: {
    read: "partition",
    spark: "int",
    clickhouse: "Int32",
    doc: "Kafka partition of the record",
  },
  kafka_offset: {
    read: "offset",
    spark: "bigint",
    clickhouse: "Int64",
    doc: "Kafka offset of the record. With topic and partition it identifies the record, until the topic is deleted and recreated",
  },
  kafka_timestamp: {
    read: "timestamp",
    spark: "timestamp",
    clickhouse: "DateTime64(6, 'UTC')",
    doc: "When Kafka received the record, UTC; the partitions `date=` and `hour=` follow from it",
  },
  kafka_key: {
    read: "key",
    spark: "binary",
    clickhouse: "Nullable(String)",
    doc: "Bytes of the key",
  },
  kafka_value: {
    read: "value",
    spark: "binary",
    clickhouse: "Nullable(String)",
    doc: "Bytes of the value, unchanged; null for a tombstone",
  },
  kafka_headers: {
    read: "headers",
    spark: "array<struct<key:string,value:binary>>",
    clickhouse: "Array(Tuple(key String, value Nullable(String)))",
    doc: `The record's headers; \`${sourceHeader}\` names the ledger source that sent it`,
  },
  ingested_at: {
    read: "current_timestamp()",
    spark: "timestamp",
    clickhouse: "DateTime64(6, 'UTC')",
    doc: "When bronze read the record",
  },
} as const satisfies Record<string, RawColumn>;

/** One property of every raw column, by column name. */
export function ofRawColumns(what: keyof RawColumn): Record<keyof typeof rawColumns, string> {
  return Object.fromEntries(
    Object.entries<RawColumn>(rawColumns).map(([name, column]) => [name, column[what]]),
  ) as Record<keyof typeof rawColumns, string>;
}
