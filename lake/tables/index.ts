import { eventTopics, type EventTopic } from "../events";
import type { Table } from "./column";
import { goldTables } from "./gold";
import {
  dimArtists,
  dimCustomers,
  dimDates,
  dimLocations,
  dimMerchants,
  dimSongs,
} from "./silver-dimensions";
import { excludedEvents, fctPurchaseScores, silverFacts } from "./silver-facts";

export const silverTables: readonly Table[] = [
  ...Object.values(silverFacts),
  fctPurchaseScores,
  excludedEvents,
  dimCustomers,
  dimMerchants,
  dimSongs,
  dimArtists,
  dimLocations,
  dimDates,
];

/** A table's name in the whole lake: `gold.facts`, `bronze.listen_events`. */
export type TableKey = `${"bronze" | "silver" | "gold"}.${string}`;

export function tableKey({ layer, name }: Pick<Table, "layer" | "name">): TableKey {
  return `${layer}.${name}`;
}

/** Of the table that bronze keeps for a topic. */
export function rawTableKey(topic: EventTopic): TableKey {
  return `bronze.${topic}`;
}

/** Every table of the lake, in the order of the layers. */
export const tableKeys: readonly TableKey[] = [
  ...eventTopics.map(rawTableKey),
  ...silverTables.map(tableKey),
  ...goldTables.map(tableKey),
];

/** Name of the dbt model that writes a table. Models' names are unique: both layers have a dim_customers. */
export function modelName({ layer, name }: Pick<Table, "layer" | "name">): string {
  return layer === "gold" && silverTables.some((other) => other.name === name) ? `gold_${name}` : name;
}

/** ClickHouse names: the imported MergeTree table, and its zero-copy twin over HDFS. */
export const clickhouseDatabase = "lake";

export function importedTable(table: Table): string {
  return `gold_${table.name}`;
}

export function zeroCopyTable(table: Table): string {
  return `gold_${table.name}_hdfs`;
}

export * from "./clickhouse-ddl";
export * from "./column";
export { goldTables } from "./gold";
export {
  excludedEvents,
  exclusionReasons,
  fctPurchaseScores,
  silverFacts,
  type ExclusionReason,
} from "./silver-facts";
