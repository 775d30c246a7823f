import type { FieldType } from "./field";

export interface StoredType {
  /** In bronze's Parquet files, as Spark writes them. */
  readonly spark: string;
  /** As ClickHouse reads them. */
  readonly clickhouse: string;
}

/** The type of a bronze column by the type of its event's field. */
export const fieldTypes: Readonly<Record<FieldType, StoredType>> = {
  string: { spark: "string", clickhouse: "String" },
  int: { spark: "int", clickhouse: "Int32" },
  double: { spark: "double", clickhouse: "Float64" },
  boolean: { spark: "boolean", clickhouse: "Bool" },
  timestamp: { spark: "timestamp", clickhouse: "DateTime64(6, 'UTC')" },
  money: { spark: "decimal(18,2)", clickhouse: "Decimal(18, 2)" },
};
