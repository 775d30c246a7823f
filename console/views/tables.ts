import { eventSchemas, eventTopics } from "../../lake/events";
import type { Field } from "../../lake/events/field";
import { rawColumns } from "../../lake/raw-columns";
import type { ServeCommit } from "../../lake/records";
import {
  clickhouseDatabase,
  clickhouseType,
  goldTables,
  importedTable,
  rawTableKey,
  silverTables,
  tableKey,
  tableKeys,
  type Table,
  type TableKey,
} from "../../lake/tables";
import { bronzeColumns } from "../../smoke/reading/parquet";
import { isExplained } from "../explain/figures";
import { Lineage } from "../lineage/made-from";
import models from "../lineage/models.json";
import type { TablesMessage } from "../messages";

type TableMessage = TablesMessage["tables"][number];

const freshnessOf: Readonly<Record<NonNullable<Table["freshness"]> | "silver", string>> = {
  "each run": "each run of gold; days that get few new rows, every few minutes",
  lifetime: "every few minutes",
  silver: "each run of silver",
};

const lineage = new Lineage(models);

/** It doesn't change while the console runs, so it is followed once and not for each publish. */
const ways = new Map(
  tableKeys.map((key) => [key, { madeFrom: lineage.madeFrom(key), readBy: lineage.readBy(key) }]),
);

function wayOf(key: TableKey): Pick<TableMessage, "madeFrom" | "readBy"> {
  return ways.get(key) ?? { madeFrom: [], readBy: [] };
}

function refinedTable(table: Table, rows: number | null): TableMessage {
  const isGold = table.layer === "gold";
  return {
    layer: isGold ? "gold" : "silver",
    name: table.name,
    clickhouse: isGold ? `${clickhouseDatabase}.${importedTable(table)}` : null,
    doc: table.doc,
    grain: table.grain,
    rows,
    freshness: freshnessOf[isGold ? (table.freshness ?? "each run") : "silver"],
    ...wayOf(tableKey(table)),
    key: table.key,
    columns: Object.entries(table.columns).map(([name, column]) => ({
      name,
      type: clickhouseType(column),
      doc: column.doc,
      isExplained: isExplained(table, name),
    })),
  };
}

function rawTable(topic: (typeof eventTopics)[number], rows: number | null): TableMessage {
  const { fields, doc } = eventSchemas[topic] as { fields: Record<string, Field>; doc: string };
  const docs: Readonly<Record<string, { readonly doc: string } | undefined>> = { ...rawColumns, ...fields };
  return {
    layer: "bronze",
    name: topic,
    clickhouse: null,
    doc,
    grain: "one record of the topic",
    rows,
    freshness: "each micro-batch",
    ...wayOf(rawTableKey(topic)),
    key: ["kafka_partition", "kafka_offset"],
    columns: Object.entries(bronzeColumns(topic)).map(([name, type]) => ({
      name,
      type,
      doc: docs[name]?.doc ?? "Fields of the record that the schema does not name",
      isExplained: false,
    })),
  };
}

/** Every table of every layer, with the row counts of the commit records. */
export function tables(
  bronzeRows: ReadonlyMap<string, number>,
  served: ServeCommit | undefined,
): TablesMessage {
  return {
    tables: [
      ...eventTopics.map((topic) => rawTable(topic, bronzeRows.get(topic) ?? null)),
      ...silverTables.map((table) => refinedTable(table, null)),
      ...goldTables.map((table) => refinedTable(table, served?.rows[table.name] ?? null)),
    ],
  };
}
