import { buffer } from "node:stream/consumers";
import type { ClickHouseClient } from "@clickhouse/client";
import { layout, snapshotName } from "../lake/layout";
import { Journal } from "../jobs/hdfs/journal";
import { goldCommit, type GoldCommit } from "../lake/records";
import { goldTables, type Table } from "../lake/tables";
import { WebHdfs } from "../jobs/hdfs/webhdfs";
import { goldRecord } from "./records";
import { goldRows } from "./gold-rows";

/** A change in one run of gold: how many rows a table, or one day of it, then has, and the version of their values. */
export interface GoldChange {
  readonly table: Table;
  /** Absent for a table without days. */
  readonly day?: string;
  /** Zero removes the files. */
  readonly rows: number;
  readonly version: number;
}

/** The newest change of each table and day. */
export type GoldState = readonly GoldChange[];

/** Stands in for refine: writes gold as Parquet to a real HDFS, takes snapshots, and writes commit records. */
export class GoldFixture {
  readonly hdfs: WebHdfs;
  readonly layout: ReturnType<typeof layout>;
  private readonly journal: Journal<typeof goldCommit>;
  private readonly changes = new Map<string, GoldChange>();
  private run = 0;

  constructor(
    webhdfs: string,
    root: string,
    private readonly client: ClickHouseClient,
  ) {
    this.hdfs = new WebHdfs(webhdfs);
    this.layout = layout(root);
    this.journal = Journal.of(this.hdfs, this.layout, "gold", goldCommit);
  }

  /** Removes the lake and starts an empty one, whose runs count from 0 again. */
  async fresh(): Promise<void> {
    const gold = this.layout.layer("gold");
    for (const { pathSuffix } of await this.hdfs.listIfExists(`${gold}/.snapshot`))
      await this.hdfs.deleteSnapshot(gold, pathSuffix);
    await this.hdfs.remove(this.layout.root);
    await this.hdfs.makeFolder(gold);
    await this.hdfs.allowSnapshot(gold);
    this.changes.clear();
    this.run = 0;
  }

  get state(): GoldState {
    return [...this.changes.values()];
  }

  /** Path of the file of a table or of one day of it, without the run that wrote it. */
  private path({ table, day }: Pick<GoldChange, "table" | "day">): string {
    const folder = this.layout.table("gold", table.name);
    return `${folder}/${day === undefined ? "" : `${day}-`}run-`;
  }

  /** Path of the file that a change wrote. */
  file(change: GoldChange): string {
    return `${this.path(change)}${change.version}.parquet`;
  }

  /** The result of a SELECT as a Parquet file. */
  async parquet(select: string): Promise<Buffer> {
    const answer = await this.client.exec({ query: `${select} FORMAT Parquet` });
    return buffer(answer.stream);
  }

  /** Replaces a file by that of a newer run, unnoticed by readers. `select` gives other rows than the usual ones. */
  async write(change: GoldChange, select?: string): Promise<void> {
    const path = this.path(change);
    const before = this.changes.get(path);
    if (before) await this.hdfs.remove(this.file(before));
    if (change.rows > 0 || select)
      await this.hdfs.write(this.file(change), await this.parquet(select ?? goldRows(change)));
    this.changes.set(path, change);
  }

  /** Takes a snapshot of gold as it is, and writes the record of what changed. */
  async commit(changes: readonly GoldChange[], overrides: Partial<GoldCommit> = {}): Promise<GoldCommit> {
    const run = this.run++;
    const snapshot = snapshotName(run);
    await this.hdfs.createSnapshot(this.layout.layer("gold"), snapshot);
    const changed: GoldCommit["changed"] = {};
    const rows: GoldCommit["rows"] = {};
    for (const table of goldTables) {
      const own = changes.filter((change) => change.table === table);
      if (own.length === 0) continue;
      changed[table.name] = table.partitionedBy ? own.flatMap(({ day }) => day ?? []) : "all";
      rows[table.name] = own.reduce((sum, change) => sum + change.rows, 0);
    }
    const silver = { run, bronzeThrough: run * 10 };
    const record = goldRecord(silver, { run, snapshot, changed, rows, ...overrides });
    await this.journal.append(record.run, record);
    return record;
  }

  /** One whole run of gold. */
  async refine(changes: readonly GoldChange[]): Promise<GoldCommit> {
    await Promise.all(changes.map((change) => this.write(change)));
    return this.commit(changes);
  }
}
