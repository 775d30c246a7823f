import { query } from "chdb";
import contract from "../jobs/refine/generated/contract.json";
import { filesPattern, goldTables, silverTables, type Table } from "../lake/tables";
import type { WebHdfs } from "../jobs/hdfs/webhdfs";

export type Row = Readonly<Record<string, unknown>>;

/** Tables that depend on events, not only on the catalogue. */
export const refinedTables: readonly Table[] = [...silverTables, ...goldTables].filter(
  ({ layer, name }) =>
    layer === "gold" || !["dim_songs", "dim_artists", "dim_locations", "dim_dates"].includes(name),
);

/** Folders of the tables that only later runs read. */
export const internalFolders = contract.tables
  .filter(({ internal }) => internal)
  .map(({ layer, name }) => `${layer}/${name}`);

/** Reads tables as any reader that lists files does. */
export class LakeRows {
  constructor(
    private readonly hdfs: WebHdfs,
    private readonly hdfsUrl: string,
  ) {}

  /** Rows of a query over a table's files below a folder, called `{rows}` in the query; none when there is no file. */
  async select(folder: string, table: Pick<Table, "storage" | "partitionedBy">, sql: string): Promise<Row[]> {
    if (!(await this.hdfs.exists(folder)) || (await this.hdfs.contentSummary(folder)).fileCount === 0)
      return [];
    const files = `hdfs('${this.hdfsUrl}${folder}/${filesPattern(table as Table)}', 'Parquet')`;
    const rows = query(sql.replace("{rows}", files), "JSONEachRow");
    return String(rows)
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Row);
  }

  /** Every row of a table, as text, in order. Leaves out the time of scoring, which differs from lake to lake. */
  async all(folder: string, table: Table): Promise<string[]> {
    const except = "scored_at" in table.columns ? " EXCEPT (scored_at)" : "";
    const rows = await this.select(folder, table, `SELECT *${except} FROM {rows}`);
    return rows.map((row) => JSON.stringify(row)).sort();
  }

  /** Files below a folder, with the time at which they were written. */
  async files(folder: string): Promise<Record<string, number>> {
    const found: Record<string, number> = {};
    for (const { pathSuffix, type, modificationTime } of await this.hdfs.listIfExists(folder)) {
      const path = `${folder}/${pathSuffix}`;
      if (type === "FILE") found[path] = modificationTime;
      else Object.assign(found, await this.files(path));
    }
    return found;
  }
}
