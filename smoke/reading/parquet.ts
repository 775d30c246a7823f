import { eventSchemas, type EventTopic } from "../../lake/events";
import type { Field } from "../../lake/events/field";
import { fieldTypes } from "../../lake/events/field-types";
import type { Layout } from "../../lake/layout";
import { ofRawColumns } from "../../lake/raw-columns";
import { clickhouseString, clickhouseType, filesPattern, type Table } from "../../lake/tables";

/** ClickHouse type of every bronze column of a topic, by the column's name. */
export function bronzeColumns(topic: EventTopic): Readonly<Record<string, string>> {
  const fields = Object.entries<Field>(eventSchemas[topic].fields).map(([name, field]) => {
    const type = fieldTypes[field.type].clickhouse;
    return [name, field.optional ? `Nullable(${type})` : type] as const;
  });
  return {
    ...ofRawColumns("clickhouse"),
    ...Object.fromEntries(fields),
    unknown_fields: "Map(String, Nullable(String))",
  };
}

export const quarantineColumns: Readonly<Record<string, string>> = {
  ...ofRawColumns("clickhouse"),
  reason: "Nullable(String)",
};

function tableColumns(table: Table): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(table.columns).map(([name, column]) => [name, clickhouseType(column)]),
  );
}

/** SQL sources that read the lake's Parquet files in place, and list them as any reader does. */
export class Parquet {
  /** @param address `hdfs://host:port` */
  constructor(
    private readonly address: string,
    private readonly layout: Layout,
  ) {}

  bronze(topic: EventTopic): string {
    return this.source(`${this.layout.raw("bronze", topic)}/date=*/hour=*/*.parquet`, bronzeColumns(topic));
  }

  quarantine(topic: EventTopic): string {
    return this.source(`${this.layout.raw("quarantine", topic)}/date=*/hour=*/*.parquet`, quarantineColumns);
  }

  /** Files that a commit record names, by their paths under the lake's root. */
  rawFiles(layer: "bronze" | "quarantine", topic: EventTopic, files: readonly string[]): string {
    const [first = "", ...others] = files.map((file) => file.replace(/^\/+/, ""));
    const path = others.length === 0 ? first : `{${[first, ...others].join(",")}}`;
    const columns = layer === "bronze" ? bronzeColumns(topic) : quarantineColumns;
    return this.source(`${this.layout.root}/${path}`, columns);
  }

  /** Without declared columns: the files determine names and types. */
  undeclared(layer: "bronze" | "quarantine", topic: EventTopic): string {
    return this.source(`${this.layout.raw(layer, topic)}/date=*/hour=*/*.parquet`);
  }

  silver(table: Table): string {
    return this.tableSource(this.layout.table("silver", table.name), table);
  }

  /** A gold table in a snapshot. */
  gold(snapshot: string, table: Table): string {
    return this.tableSource(this.layout.snapshotTable(snapshot, table.name), table);
  }

  /** One file, by its path under the lake's root, with the ClickHouse types of the columns to read. */
  file(path: string, columns: Readonly<Record<string, string>>): string {
    return this.source(`${this.layout.root}/${path}`, columns);
  }

  private tableSource(folder: string, table: Table): string {
    return this.source(`${folder}/${filesPattern(table)}`, tableColumns(table));
  }

  private source(path: string, columns?: Readonly<Record<string, string>>): string {
    const structure =
      columns &&
      Object.entries(columns)
        .map(([name, type]) => `${name} ${type}`)
        .join(", ");
    const parts = [
      clickhouseString(this.address + path),
      "'Parquet'",
      ...(structure ? [clickhouseString(structure)] : []),
    ];
    return `hdfs(${parts.join(", ")})`;
  }
}
