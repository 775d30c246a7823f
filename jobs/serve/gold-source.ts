import type { Layout } from "../../lake/layout";
import { clickhouseString, clickhouseType, type Table } from "../../lake/tables";
import type { WebHdfs } from "../../lake/webhdfs";

/** A gold table in one snapshot, for ClickHouse and for us. */
export interface GoldSource {
  /** `hdfs://host:port/…/<table>` */
  readonly url: (table: Table) => string;
  /** ClickHouse's table function over the table's files, or over those of some days. */
  readonly files: (table: Table, days?: readonly string[]) => string;
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

/** ClickHouse lists one folder for each day named; beyond this, listing all of them is faster. */
const mostDaysNamed = 200;

function filesOf(folder: string, table: Table, days: readonly string[] | undefined): string {
  const columns = Object.entries(table.columns).map(([name, column]) => `${name} ${clickhouseType(column)}`);
  const named = days && days.length <= mostDaysNamed ? `{${days.join(",")}}` : "*";
  const glob = table.partitionedBy
    ? `${folder}/${table.partitionedBy}=${named}/*.parquet`
    : `${folder}/*.parquet`;
  return `hdfs(${clickhouseString(glob)}, 'Parquet', ${clickhouseString(columns.join(", "))})`;
}

/** @param hdfsUrl `hdfs://host:port`, as ClickHouse reaches the NameNode that `hdfs` is of. */
export function goldSource(hdfs: WebHdfs, hdfsUrl: string, lake: Layout, snapshot: string): GoldSource {
  const folder = (table: Table): string => lake.snapshotTable(snapshot, table.name);
  return {
    url: (table) => `${hdfsUrl}${folder(table)}`,
    files: (table, days) => filesOf(`${hdfsUrl}${folder(table)}`, table, days),
    hasParquet: (table, day) => hasParquet(hdfs, day ? `${folder(table)}/event_date=${day}` : folder(table)),
  };
}
