import type { FieldType } from "./events/field";

/** The Spark type of each field type, as bronze has it. */
export const fieldSparkTypes: Record<FieldType, string> = {
  string: "string",
  int: "int",
  double: "double",
  boolean: "boolean",
  timestamp: "timestamp",
  money: "decimal(18,2)",
};

/** Spark types of the columns of every row of bronze and quarantine, before the event's own or the reason. */
export const rawColumns = {
  kafka_partition: "int",
  kafka_offset: "bigint",
  kafka_timestamp: "timestamp",
  kafka_key: "binary",
  kafka_value: "binary",
  kafka_headers: "array<struct<key:string,value:binary>>",
  ingested_at: "timestamp",
} as const;
