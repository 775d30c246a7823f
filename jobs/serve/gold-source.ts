import type { Layout } from "../../lake/layout";
import { clickhouseString, clickhouseType, type Table } from "../../lake/tables";
import type { WebHdfs } from "../hdfs/webhdfs";

/** Gold's tables in one snapshot, as ClickHouse and serve address them. */
export interface GoldSource {
  /** `hdfs://host:port/…/<table>` */
  readonly url: (table: Table) => string;
  /** ClickHouse's table function over the table's files, or over those of some days. Every column is nullable. */
  readonly files: (table: Table, days?: readonly string[]) => string;
  /** Whether the snapshot holds a Parquet file of the table, or of one day of it. */
  readonly hasParquet: (table: Table, day?: string) => Promise<boolean>;
}

/** A file of one day is called `YYYY-MM-DD-run-N.parquet`. */
function isOfDay(file: string, day: string | undefined): boolean {
  return file.endsWith(".parquet") && (day === undefined || file.startsWith(`${day}-`));
}

/** Names of the snapshots of gold, ascending. */
export async function snapshots(hdfs: WebHdfs, gold: string): Promise<string[]> {
  const entries = await hdfs.listIfExists(`${gold}/.snapshot`);
  return entries.map(({ pathSuffix }) => pathSuffix).sort();
}

/** Above this many days the pattern would be too long; ClickHouse lists all files in any case. */
const mostDaysNamed = 200;

function filesOf(folder: string, table: Table, days: readonly string[] | undefined): string {
  const columns = Object.entries(table.columns).map(
    ([name, column]) =>
      // ClickHouse has no nullable arrays.
      `${name} ${clickhouseType(column.type === "strings" ? column : { ...column, nullable: true })}`,
  );
  const named = days && days.length <= mostDaysNamed ? `{${days.join(",")}}-*` : "*";
  const glob = `${folder}/${named}.parquet`;
  return `hdfs(${clickhouseString(glob)}, 'Parquet', ${clickhouseString(columns.join(", "))})`;
}

/** @param hdfsUrl `hdfs://host:port` at which ClickHouse reaches the NameNode of `hdfs`. */
export function goldSource(hdfs: WebHdfs, hdfsUrl: string, lake: Layout, snapshot: string): GoldSource {
  const folder = (table: Table): string => lake.snapshotTable(snapshot, table.name);
  return {
    url: (table) => `${hdfsUrl}${folder(table)}`,
    files: (table, days) => filesOf(`${hdfsUrl}${folder(table)}`, table, days),
    hasParquet: async (table, day) =>
      (await hdfs.listIfExists(folder(table))).some(({ pathSuffix }) => isOfDay(pathSuffix, day)),
  };
}
