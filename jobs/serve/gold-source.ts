import type { Layout } from "../../lake/layout";
import type { Table } from "../../lake/tables";
import type { WebHdfs } from "../../lake/webhdfs";

/** A gold table in one snapshot, for ClickHouse and for us. */
export interface GoldSource {
  /** `hdfs://host:port/…/<table>` */
  readonly url: (table: Table) => string;
  /** Whether the snapshot holds a Parquet file of the table, or of one day of it. */
  readonly hasParquet: (table: Table, day?: string) => Promise<boolean>;
}

/** Whether there is a Parquet file in a folder of a snapshot or in its day folders. */
export async function hasParquet(hdfs: WebHdfs, folder: string): Promise<boolean> {
  const entries = await hdfs.listIfExists(folder);
  if (entries.some(({ type, pathSuffix }) => type === "FILE" && pathSuffix.endsWith(".parquet"))) return true;
  for (const { type, pathSuffix } of entries)
    if (type === "DIRECTORY" && (await hasParquet(hdfs, `${folder}/${pathSuffix}`))) return true;
  return false;
}

/** Names of the snapshots of gold, ascending. */
export async function snapshots(hdfs: WebHdfs, gold: string): Promise<string[]> {
  const entries = await hdfs.listIfExists(`${gold}/.snapshot`);
  return entries.map(({ pathSuffix }) => pathSuffix).sort();
}

/** @param hdfsUrl `hdfs://host:port`, as ClickHouse reaches the NameNode that `hdfs` is of. */
export function goldSource(hdfs: WebHdfs, hdfsUrl: string, lake: Layout, snapshot: string): GoldSource {
  const folder = (table: Table): string => lake.snapshotTable(snapshot, table.name);
  return {
    url: (table) => `${hdfsUrl}${folder(table)}`,
    hasParquet: (table, day) => hasParquet(hdfs, day ? `${folder(table)}/event_date=${day}` : folder(table)),
  };
}
