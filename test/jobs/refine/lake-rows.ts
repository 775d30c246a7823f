import { query } from "chdb";
import contract from "../../../jobs/refine/generated/contract.json";
import type { WebHdfs } from "../../../lake/webhdfs";

export type Row = Readonly<Record<string, unknown>>;

/** Tables that refine writes, those among them that only models read too; not the copies of the catalogue. */
export const refinedTables = contract.tables.filter(
  ({ model }) => !["dim_songs", "dim_artists", "dim_locations", "dim_dates"].includes(model),
);

/** Reads tables as any reader does who lists files. */
export class LakeRows {
  constructor(
    private readonly hdfs: WebHdfs,
    private readonly hdfsUrl: string,
  ) {}

  /** Rows of a query over all files below a folder, which it names `{rows}`; none where there is no file. */
  async select(folder: string, sql: string): Promise<Row[]> {
    if (!(await this.hdfs.exists(folder))) return [];
    if ((await this.hdfs.contentSummary(folder)).fileCount === 0) return [];
    const rows = query(
      sql.replace("{rows}", `hdfs('${this.hdfsUrl}${folder}/**.parquet', 'Parquet')`),
      "JSONEachRow",
    );
    return String(rows)
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Row);
  }

  /** Every row of a table with its partition, as text, in order. */
  async all(folder: string): Promise<string[]> {
    const partition = "extract(_path, '/(event_[a-z]+=[^/]+)/') AS of_partition";
    const rows = await this.select(folder, `SELECT *, ${partition} FROM {rows}`);
    return rows.map((row) => JSON.stringify(row)).sort();
  }

  /** Files below a folder with the time they were written. */
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
