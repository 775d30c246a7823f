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
    ...(references ? [`is in ${code(references)}`] : []),
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
  const cut = table.partitionedBy ? `; cut by ${code(table.partitionedBy)}` : "; rewritten as a whole";
  const names = inClickHouse
    ? `In ClickHouse ${code(`${clickhouseDatabase}.${importedTable(table)}`)} (imported) and ${code(`${clickhouseDatabase}.${zeroCopyTable(table)}`)} (zero-copy).`
    : "";
  return [
    `### ${inClickHouse ? "gold " : ""}${table.name}`,
    `${table.doc}. One row is ${table.grain}; key ${codes(table.key)}${cut}. ${names}`.trimEnd(),
    markdownTable(columns, rows),
  ].join("\n\n");
}

/** What tables there are, each linked to its section. */
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
