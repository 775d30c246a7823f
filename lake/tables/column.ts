/** Type of a silver or gold column. `money` is decimal(18,2); `strings` an array of strings. */
export type ColumnType =
  | "string"
  | "strings"
  | "int"
  | "long"
  | "float"
  | "double"
  | "boolean"
  | "date"
  | "timestamp"
  | "money"
  | "rate";

export interface Column {
  readonly type: ColumnType;
  readonly doc: string;
  /** May be null. */
  readonly nullable?: true;
  /** The only values allowed. */
  readonly allowed?: readonly string[];
  /** `table.column` in which every value must be found. */
  readonly references?: string;
}

export type Columns = Readonly<Record<string, Column>>;

/** A silver or gold table. */
export interface Table {
  readonly name: string;
  readonly layer: "silver" | "gold";
  /** What one row is. */
  readonly grain: string;
  readonly doc: string;
  /** Columns that together name a row. */
  readonly key: readonly string[];
  /** `event_date` where only touched days are rewritten, null where the whole table is. */
  readonly partitionedBy: "event_date" | null;
  readonly columns: Columns;
}

export const sparkTypes: Record<ColumnType, string> = {
  string: "string",
  strings: "array<string>",
  int: "int",
  long: "bigint",
  float: "float",
  double: "double",
  boolean: "boolean",
  date: "date",
  timestamp: "timestamp",
  money: "decimal(18,2)",
  rate: "decimal(18,8)",
};

export const clickhouseTypes: Record<ColumnType, string> = {
  string: "String",
  strings: "Array(String)",
  int: "Int32",
  long: "Int64",
  float: "Float32",
  double: "Float64",
  boolean: "Bool",
  date: "Date",
  timestamp: "DateTime64(6, 'UTC')",
  money: "Decimal(18, 2)",
  rate: "Decimal(18, 8)",
};
