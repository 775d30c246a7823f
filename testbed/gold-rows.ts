import { clickhouseString, clickhouseType, type Column, type Table } from "../lake/tables";

/** SQL of one column of row `number`; every whole number and amount depends on the version. */
function value(name: string, column: Column, table: Table, version: number): string {
  if (column.allowed) return clickhouseString(column.allowed[0] ?? "");
  switch (column.type) {
    case "string":
      return table.key.includes(name)
        ? `concat('${name}-', toString(number))`
        : `concat('${name} ${version} ', toString(number % 7))`;
    case "strings":
      return "['velocity', 'new device']";
    case "int":
      return `toInt32(${version})`;
    case "long":
      return `toInt64(${version})`;
    case "float":
      return "toFloat32(number / 1000)";
    case "double":
      return `toFloat64(${version} * 100 + number) / 100`;
    case "boolean":
      return "number % 2 = 0";
    case "date":
      return "toDate32('2026-06-01') + number % 9";
    case "timestamp":
      return "toDateTime64('2026-06-01 00:00:00', 6, 'UTC') + number";
    case "money":
      return `toDecimal64(${version} + number, 2)`;
    case "rate":
      return `toDecimal64(${version} + number, 8)`;
  }
}

/** Rows of a table, or of one day of it. */
export interface Part {
  readonly table: Table;
  readonly day?: string;
  readonly rows: number;
  readonly version: number;
}

/**
 * SELECT of the rows of a gold table's Parquet file, including the day.
 * @param replaced expressions to use instead of the usual ones; `undefined` leaves the column out
 */
export function goldRows(
  { table, day, rows, version }: Part,
  replaced: Readonly<Record<string, string | undefined>> = {},
): string {
  const columns = Object.entries(table.columns).flatMap(([name, column]) => {
    if (name in replaced) return replaced[name] === undefined ? [] : [`${replaced[name]} AS ${name}`];
    if (name === table.partitionedBy) return [`toDate32('${day}') AS ${name}`];
    const plain = value(name, column, table, version);
    return [`${column.nullable ? `if(number % 3 = 0, NULL, ${plain})` : plain} AS ${name}`];
  });
  return `SELECT ${columns.join(", ")} FROM numbers(${rows})`;
}

/** SELECT of the rows that a ClickHouse table must have: the contract's columns, in its types. */
export function servedRows(table: Table, parts: readonly Omit<Part, "table">[]): string {
  const columns = Object.entries(table.columns).map(
    ([name, column]) => `CAST(${name}, ${clickhouseString(clickhouseType(column))}) AS ${name}`,
  );
  const none = { ...(table.partitionedBy && { day: "2026-01-01" }), rows: 0, version: 0 };
  return [none, ...parts]
    .map((part) => `SELECT ${columns.join(", ")} FROM (${goldRows({ table, ...part })})`)
    .join(" UNION ALL ");
}
