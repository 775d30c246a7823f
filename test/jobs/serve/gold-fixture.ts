import { buffer } from "node:stream/consumers";
import type { ClickHouseClient } from "@clickhouse/client";
import { layout, snapshotName } from "../../../lake/layout";
import { Journal, refineCommit, type RefineCommit } from "../../../lake/records";
import { goldTables, type Table } from "../../../lake/tables";
import { WebHdfs } from "../../../lake/webhdfs";
import { goldRows } from "./gold-rows";

/** What changes in one refine run: how many rows a table, or one day of it, has, and the version they carry. */
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

/** Stands for refine: writes gold as Parquet on a real HDFS, takes snapshots, leaves commit records. */
export class GoldFixture {
  readonly hdfs: WebHdfs;
  readonly layout: ReturnType<typeof layout>;
  private readonly journal: Journal<typeof refineCommit>;
  private readonly changes = new Map<string, GoldChange>();
  private run = 0;

  constructor(
    webhdfs: string,
    root: string,
    private readonly client: ClickHouseClient,
  ) {
    this.hdfs = new WebHdfs(webhdfs);
    this.layout = layout(root);
    this.journal = Journal.of(this.hdfs, this.layout, "refine", refineCommit);
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

  folder({ table, day }: Pick<GoldChange, "table" | "day">): string {
    const folder = this.layout.table("gold", table.name);
    return day === undefined ? folder : `${folder}/event_date=${day}`;
  }

  /** A Parquet file with the answer of a SELECT. */
  async parquet(select: string): Promise<Buffer> {
    const answer = await this.client.exec({ query: `${select} FORMAT Parquet` });
    return buffer(answer.stream);
  }

  /** Rewrites files in place, as refine does, unseen by readers. `select` replaces the rows of the contract. */
  async write(change: GoldChange, select?: string): Promise<void> {
    const { table, rows, version } = change;
    const folder = this.folder(change);
    await this.hdfs.remove(folder);
    if (rows > 0 || select)
      await this.hdfs.write(
        `${folder}/part-00000-${version}.parquet`,
        await this.parquet(select ?? goldRows(table, rows, version)),
      );
    this.changes.set(folder, change);
  }

  /** Snapshots gold as it stands and leaves the record that says what changed. */
  async commit(changes: readonly GoldChange[], overrides: Partial<RefineCommit> = {}): Promise<RefineCommit> {
    const run = this.run++;
    const snapshot = snapshotName(run);
    await this.hdfs.createSnapshot(this.layout.layer("gold"), snapshot);
    const changed: RefineCommit["changed"] = {};
    const rows: RefineCommit["rows"] = {};
    for (const table of goldTables) {
      const own = changes.filter((change) => change.table === table);
      if (own.length === 0) continue;
      changed[table.name] = table.partitionedBy ? own.flatMap(({ day }) => day ?? []) : "all";
      rows[table.name] = own.reduce((sum, change) => sum + change.rows, 0);
    }
    const now = new Date().toISOString();
    const record: RefineCommit = {
      step: "refine",
      run,
      startedAt: now,
      committedAt: now,
      bronzeThrough: run * 10,
      touchedDays: [...new Set(changes.flatMap(({ day }) => day ?? []))],
      snapshot,
      changed,
      rows,
      rejected: {},
      tests: { passed: 1, warned: 0 },
      ...overrides,
    };
    await this.journal.append(record.run, record);
    return record;
  }

  /** One whole refine run. */
  async refine(changes: readonly GoldChange[]): Promise<RefineCommit> {
    await Promise.all(changes.map((change) => this.write(change)));
    return this.commit(changes);
  }
}
