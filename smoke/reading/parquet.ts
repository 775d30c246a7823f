import { eventSchemas, type EventTopic } from "../../lake/events";
import type { Field, FieldType } from "../../lake/events/field";
import type { Layout } from "../../lake/layout";
import { clickhouseString, clickhouseType, filesPattern, type Table } from "../../lake/tables";

const fieldTypes: Record<FieldType, string> = {
  string: "String",
  int: "Int32",
  double: "Float64",
  boolean: "Bool",
  timestamp: "DateTime64(6, 'UTC')",
  money: "Decimal(18, 2)",
};

/** Columns of bronze and quarantine that tell where a row came from, as ClickHouse reads them from Parquet. */
const rawColumns: Readonly<Record<string, string>> = {
  kafka_partition: "Int32",
  kafka_offset: "Int64",
  kafka_timestamp: "DateTime64(6, 'UTC')",
  kafka_key: "Nullable(String)",
  kafka_value: "Nullable(String)",
  kafka_headers: "Array(Tuple(key String, value Nullable(String)))",
  ingested_at: "DateTime64(6, 'UTC')",
};

/** Name and ClickHouse type of every column of one topic's bronze. */
export function bronzeColumns(topic: EventTopic): Readonly<Record<string, string>> {
  const fields = Object.entries<Field>(eventSchemas[topic].fields).map(([name, field]) => {
    const type = fieldTypes[field.type];
    return [name, field.optional ? `Nullable(${type})` : type] as const;
  });
  return {
    ...rawColumns,
    ...Object.fromEntries(fields),
    unknown_fields: "Map(String, Nullable(String))",
  };
}

export const quarantineColumns: Readonly<Record<string, string>> = {
  ...rawColumns,
  reason: "Nullable(String)",
};

function tableColumns(table: Table): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(table.columns).map(([name, column]) => [name, clickhouseType(column)]),
  );
}

/** SQL sources that read the lake's Parquet where it lies, listing the files like any reader. */
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

  /** Files whose paths under the lake's root a commit record names. */
  bronzeFiles(topic: EventTopic, files: readonly string[]): string {
    const [first = "", ...others] = files.map((file) => file.replace(/^\/+/, ""));
    const path = others.length === 0 ? first : `{${[first, ...others].join(",")}}`;
    return this.source(`${this.layout.root}/${path}`, bronzeColumns(topic));
  }

  /** Without declared columns: what is in the files says what they are. */
  undeclared(layer: "bronze" | "quarantine", topic: EventTopic): string {
    return this.source(`${this.layout.raw(layer, topic)}/date=*/hour=*/*.parquet`);
  }

  silver(table: Table): string {
    return this.tableSource(this.layout.table("silver", table.name), table);
  }

  /** A gold table as it stood when a snapshot was taken. */
  gold(snapshot: string, table: Table): string {
    return this.tableSource(this.layout.snapshotTable(snapshot, table.name), table);
  }

  /** One file, by its path under the lake's root, with ClickHouse types of some of its columns. */
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
