import type { WebHdfs } from "../../lake/webhdfs";

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
