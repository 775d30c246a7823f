import type { StoredType } from "./events/field-types";
import { sourceHeader } from "./ledger";

export interface RawColumn extends StoredType {
  /** SQL over what Spark reads from Kafka. */
  readonly read: string;
  readonly doc: string;
}

/** The columns of every row of bronze and quarantine, before the event's own or the reason. */
export const rawColumns = {
  kafka_partition: {
    read: "partition",
    spark: "int",
    clickhouse: "Int32",
    doc: "Partition that the record lies in",
  },
  kafka_offset: {
    read: "offset",
    spark: "bigint",
    clickhouse: "Int64",
    doc: "Its offset; with topic and partition it names the record, as long as the topic is not made anew",
  },
  kafka_timestamp: {
    read: "timestamp",
    spark: "timestamp",
    clickhouse: "DateTime64(6, 'UTC')",
    doc: "When Kafka received it, UTC; `date=` and `hour=` are cut by it",
  },
  kafka_key: {
    read: "key",
    spark: "binary",
    clickhouse: "Nullable(String)",
    doc: "The key's bytes",
  },
  kafka_value: {
    read: "value",
    spark: "binary",
    clickhouse: "Nullable(String)",
    doc: "The value's bytes as they came; null for a tombstone",
  },
  kafka_headers: {
    read: "headers",
    spark: "array<struct<key:string,value:binary>>",
    clickhouse: "Array(Tuple(key String, value Nullable(String)))",
    doc: `The headers; \`${sourceHeader}\` names the ledger source that sent the record`,
  },
  ingested_at: {
    read: "current_timestamp()",
    spark: "timestamp",
    clickhouse: "DateTime64(6, 'UTC')",
    doc: "When bronze read it",
  },
} as const satisfies Record<string, RawColumn>;

/** One thing that is said of each of them, by column. */
export function ofRawColumns(what: keyof RawColumn): Record<keyof typeof rawColumns, string> {
  return Object.fromEntries(
    Object.entries<RawColumn>(rawColumns).map(([name, column]) => [name, column[what]]),
  ) as Record<keyof typeof rawColumns, string>;
}
