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
  /** `table.column` in which every value must exist. */
  readonly references?: string;
}

export type Columns = Readonly<Record<string, Column>>;

/**
 * How a table is stored on HDFS, and what a run does to it.
 *
 * | kind | files | a run |
 * |---|---|---|
 * | `append` | `<table>/<day column>=YYYY-MM-DD/run-N-i.parquet`, the day only in the path | adds files |
 * | `by_day` | `<table>/YYYY-MM-DD-run-N.parquet`, the day in the file | replaces the files of the days it touches |
 * | `whole` | `<table>/run-N.parquet` | replaces all of it |
 */
export type Storage = "append" | "by_day" | "whole";

/** A silver or gold table. */
export interface Table {
  readonly name: string;
  readonly layer: "silver" | "gold";
  /** What one row is. */
  readonly grain: string;
  readonly doc: string;
  /** Columns that together identify a row. */
  readonly key: readonly string[];
  readonly storage: Storage;
  /** The column that holds a row's day; null for a table without days. */
  readonly partitionedBy: "event_date" | "arrival_date" | null;
  /** When a new row of silver reaches this gold table; absent for silver's tables. */
  readonly freshness?: "each run" | "lifetime";
  readonly columns: Columns;
}

/** Glob of the table's Parquet files, relative to its folder. */
export function filesPattern({ storage, partitionedBy }: Table): string {
  return storage === "append" ? `${partitionedBy}=*/*.parquet` : "*.parquet";
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
