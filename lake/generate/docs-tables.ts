import {
  clickhouseDatabase,
  clickhouseType,
  importedTable,
  sparkTypes,
  zeroCopyTable,
  type Column,
  type Table,
} from "../tables";
import { code, codes, linkTo, markdownTable } from "./markdown";

function notes({ nullable, allowed, references }: Column): string {
  return [
    ...(nullable ? ["may be null"] : []),
    ...(allowed ? [codes(allowed)] : []),
    ...(references ? [`refers to ${code(references)}`] : []),
  ].join("; ");
}

/** A silver or gold table with all its columns. */
export function tableSection(table: Table): string {
  const inClickHouse = table.layer === "gold";
  const rows = Object.entries(table.columns).map(([name, column]) => [
    code(name),
    code(sparkTypes[column.type]),
    ...(inClickHouse ? [code(clickhouseType(column))] : []),
    column.doc,
    notes(column),
  ]);
  const columns = ["column", "Spark type", ...(inClickHouse ? ["ClickHouse type"] : []), "meaning", "note"];
  const cut = {
    append: `; append-only, partitioned by ${code(String(table.partitionedBy))}`,
    by_day: "; one file per day",
    whole: "; replaced as a whole",
  }[table.storage];
  const rhythm =
    table.freshness === "lifetime"
      ? "Updated every `--late-every` (default 300 s), and as soon as gold has nothing else to do. "
      : "";
  const names = inClickHouse
    ? `In ClickHouse ${code(`${clickhouseDatabase}.${importedTable(table)}`)} (imported) and ${code(`${clickhouseDatabase}.${zeroCopyTable(table)}`)} (zero-copy).`
    : "";
  return [
    `### ${inClickHouse ? "gold " : ""}${table.name}`,
    `${table.doc}. One row is ${table.grain}; key ${codes(table.key)}${cut}. ${rhythm}${names}`.trimEnd(),
    markdownTable(columns, rows),
  ].join("\n\n");
}

/** The list of tables, each linked to its section. */
export function tableList(tables: readonly Table[]): string {
  return markdownTable(
    ["table", "one row is", "holds"],
    tables.map((table) => [
      linkTo(table.layer === "gold" ? `gold ${table.name}` : table.name),
      table.grain,
      table.doc,
    ]),
  );
}
