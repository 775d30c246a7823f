import type { EventTopic } from "../events";
import type { Table } from "./column";
import {
  facts,
  fctDailySongPlays,
  fctFraudAlerts,
  goldDimCustomers,
  goldDimMerchants,
  kpiDaily,
} from "./gold";
import {
  dimArtists,
  dimCustomers,
  dimDates,
  dimLocations,
  dimMerchants,
  dimSongs,
} from "./silver-dimensions";
import {
  excludedEvents,
  fctAuths,
  fctListens,
  fctPageViews,
  fctPurchaseScores,
  fctStatusChanges,
  fctTransactions,
} from "./silver-facts";

/** The silver fact that each topic becomes. */
export const silverFacts: Record<EventTopic, Table> = {
  listen_events: fctListens,
  page_view_events: fctPageViews,
  auth_events: fctAuths,
  status_change_events: fctStatusChanges,
  transaction_events: fctTransactions,
};

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

export const goldTables: readonly Table[] = [
  facts,
  fctFraudAlerts,
  fctDailySongPlays,
  kpiDaily,
  goldDimMerchants,
  goldDimCustomers,
];

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
export { excludedEvents, exclusionReasons, fctPurchaseScores, type ExclusionReason } from "./silver-facts";
