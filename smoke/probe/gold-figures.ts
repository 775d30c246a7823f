import { z } from "zod";
import { probe } from "../../lake/reference";
import { clickhouseDatabase, importedTable, silverFacts, zeroCopyTable, type Table } from "../../lake/tables";
import { facts, fctDailySongPlays, goldDimCustomers } from "../../lake/tables/gold";
import type { LakeUnderTest } from "../reading/lake-under-test";
import type { Progress } from "../reading/progress";
import { count } from "../reading/sql";
import type { SentProbe } from "./send";

/** SQL source of a gold table: its files in a snapshot, or one of ClickHouse's two tables of it. */
export type GoldSource = (table: Table) => string;

export const zeroCopySource: GoldSource = (table) => `${clickhouseDatabase}.${zeroCopyTable(table)}`;
export const importedSource: GoldSource = (table) => `${clickhouseDatabase}.${importedTable(table)}`;

/** Gold's tables in the newest snapshot, if there is one. */
export function snapshotSource({ parquet }: LakeUnderTest, { gold }: Progress): GoldSource | undefined {
  const snapshot = gold.at(-1)?.snapshot;
  return snapshot === undefined ? undefined : (table) => parquet.gold(snapshot, table);
}

/**
 * Why gold does not cover the probe yet, in words; undefined when it does. The probe's customer must be there with one
 * song and one purchase, and its merchant and song must count at least as many events as silver has up to the probe's.
 */
export async function missingFrom(
  { sql, parquet }: LakeUnderTest,
  { name, day, eventTime }: SentProbe,
  source: GoldSource,
): Promise<string | undefined> {
  const until = `event_date = '${day}' AND event_time <= parseDateTime64BestEffort('${eventTime}', 6, 'UTC')`;
  const found = await sql.row(
    `SELECT
       (SELECT countIf(customer_id = '${name}' AND listens = 1 AND transactions = 1) FROM ${source(goldDimCustomers)}) AS customers,
       (SELECT sumIf(transactions, merchant_id = '${probe.merchantId}' AND event_date = '${day}') FROM ${source(facts)}) AS purchases,
       (SELECT countIf(merchant_id = '${probe.merchantId}' AND ${until}) FROM ${parquet.silver(silverFacts.transaction_events)}) AS purchasesInSilver,
       (SELECT sumIf(plays, song_id = '${probe.songId}' AND event_date = '${day}') FROM ${source(fctDailySongPlays)}) AS plays,
       (SELECT countIf(song_id = '${probe.songId}' AND ${until}) FROM ${parquet.silver(silverFacts.listen_events)}) AS playsInSilver`,
    z.object({
      customers: count,
      purchases: count,
      purchasesInSilver: count,
      plays: count,
      playsInSilver: count,
    }),
  );
  if (found.customers !== 1) return `no row of dim_customers for ${name} with its one song and one purchase`;
  if (found.purchases < found.purchasesInSilver)
    return `facts counts ${found.purchases} purchases at ${probe.merchantId} on ${day}, silver ${found.purchasesInSilver}`;
  if (found.plays < found.playsInSilver)
    return `fct_daily_song_plays counts ${found.plays} of ${probe.songId} on ${day}, silver ${found.playsInSilver}`;
  return undefined;
}
