import { clickhouseTypes, filesPattern, type Column, type Table } from "./column";

/** A string as a ClickHouse literal. */
export function clickhouseString(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

/** ClickHouse type of a column, spelled as ClickHouse itself spells it in `system.columns`. */
export function clickhouseType(column: Column): string {
  const type = clickhouseTypes[column.type];
  return column.nullable ? `Nullable(${type})` : type;
}

function create(table: Table, name: string, engine: string, comment: string): string {
  const columns = Object.entries(table.columns).map(
    ([column, described]) =>
      `    ${column} ${clickhouseType(described)} COMMENT ${clickhouseString(described.doc)}`,
  );
  return `CREATE TABLE ${name}\n(\n${columns.join(",\n")}\n)\n${engine}\nCOMMENT ${clickhouseString(comment)}`;
}

/** Statement that creates the imported MergeTree table of a gold table. `name` is `database.table`. */
export function importedDdl(table: Table, name: string, comment: string): string {
  const partition = table.partitionedBy ? `\nPARTITION BY ${table.partitionedBy}` : "";
  const key = table.key.length === 1 ? table.key[0] : `(${table.key.join(", ")})`;
  return create(table, name, `ENGINE = MergeTree${partition}\nORDER BY ${key}`, comment);
}

/**
 * Statement that creates the zero-copy table of a gold table.
 * @param folder the table's folder as a URL, `hdfs://host:port/…`; a missing folder gives no rows.
 */
export function zeroCopyDdl(table: Table, name: string, folder: string, comment: string): string {
  const files = `${folder}/${filesPattern(table)}`;
  return create(table, name, `ENGINE = HDFS(${clickhouseString(files)}, 'Parquet')`, comment);
}
