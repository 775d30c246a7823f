import { buffer } from "node:stream/consumers";
import type { ClickHouseClient } from "@clickhouse/client";
import { layout, snapshotName } from "../../../lake/layout";
import { Journal, refineCommit, type RefineCommit } from "../../../lake/records";
import { clickhouseString, goldTables, type Column, type Table } from "../../../lake/tables";
import { WebHdfs } from "../../../lake/webhdfs";

/** What changes in one refine run: the version that the rows of each table and day carry, and how many there are. */
export interface GoldChange {
  readonly table: Table;
  /** `undefined` for a table without days. */
  readonly day: string | undefined;
  /** Zero removes the day's files. */
  readonly rows: number;
  /** Every whole number of the rows is this. */
  readonly version: number;
}

function value(name: string, column: Column, table: Table, version: number): string {
  const number = "toInt64(number)";
  const unique = table.key.includes(name);
  if (column.allowed) return clickhouseString(column.allowed[0] ?? "");
  switch (column.type) {
    case "string":
      return unique
        ? `concat('${name}-', toString(number))`
        : `concat('${name} ${version} ', toString(number % 7))`;
    case "strings":
      return "['velocity', 'new device']";
    case "int":
      return `toInt32(${version})`;
    case "long":
      return `toInt64(${version})`;
    case "float":
      return `toFloat32(${number} / 1000)`;
    case "double":
      return `toFloat64(${version} * 100 + ${number}) / 100`;
    case "boolean":
      return "number % 2 = 0";
    case "date":
      return "toDate32('2026-06-01') + number % 9";
    case "timestamp":
      return "toDateTime64('2026-06-01 00:00:00', 6, 'UTC') + number";
    case "money":
      return `toDecimal64(${version} + number, 2)`;
    case "rate":
      return `toDecimal64(${version} + number, 8)`;
  }
}

/** SELECT of the rows that a gold table's Parquet file holds; the day is only in the path, as Spark writes it. */
export function goldRows(table: Table, rows: number, version: number): string {
  const columns = Object.entries(table.columns)
    .filter(([name]) => name !== table.partitionedBy)
    .map(([name, column]) => {
      const plain = value(name, column, table, version);
      return `${column.nullable ? `if(number % 3 = 0, NULL, ${plain})` : plain} AS ${name}`;
    });
  return `SELECT ${columns.join(", ")} FROM numbers(${rows})`;
}

/** Stands for refine: writes gold as Parquet on a real HDFS, takes snapshots, leaves commit records. */
export class GoldFixture {
  readonly hdfs: WebHdfs;
  readonly layout: ReturnType<typeof layout>;
  private readonly journal: Journal<typeof refineCommit>;
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

  /** Removes the lake and starts an empty one. */
  async fresh(): Promise<void> {
    for (const { pathSuffix } of await this.hdfs.listIfExists(`${this.layout.layer("gold")}/.snapshot`))
      await this.hdfs.deleteSnapshot(this.layout.layer("gold"), pathSuffix);
    await this.hdfs.remove(this.layout.root);
    await this.hdfs.makeFolder(this.layout.layer("gold"));
    await this.hdfs.allowSnapshot(this.layout.layer("gold"));
    this.run = 0;
  }

  folder(table: Table, day?: string): string {
    const folder = this.layout.table("gold", table.name);
    return day === undefined ? folder : `${folder}/event_date=${day}`;
  }

  async parquet(table: Table, rows: number, version: number): Promise<Buffer> {
    const answer = await this.client.exec({ query: `${goldRows(table, rows, version)} FORMAT Parquet` });
    return buffer(answer.stream);
  }

  /** Rewrites files in place, as refine does, unseen by readers. */
  async write({ table, day, rows, version }: GoldChange): Promise<void> {
    const folder = this.folder(table, day);
    await this.hdfs.remove(folder);
    if (rows > 0)
      await this.hdfs.write(
        `${folder}/part-00000-${version}.parquet`,
        await this.parquet(table, rows, version),
      );
  }

  /** Snapshots gold as it stands and leaves the record that says what changed. */
  async commit(changes: readonly GoldChange[], overrides: Partial<RefineCommit> = {}): Promise<RefineCommit> {
    this.run = overrides.run ?? this.run + 1;
    const snapshot = snapshotName(this.run);
    await this.hdfs.createSnapshot(this.layout.layer("gold"), snapshot);
    const changed: RefineCommit["changed"] = {};
    const rows: RefineCommit["rows"] = {};
    for (const table of goldTables) {
      const own = changes.filter((change) => change.table.name === table.name);
      if (own.length === 0) continue;
      changed[table.name] = own.some(({ day }) => day === undefined)
        ? "all"
        : own.map(({ day }) => day ?? "");
      rows[table.name] = own.reduce((sum, change) => sum + change.rows, 0);
    }
    const now = new Date().toISOString();
    const record: RefineCommit = {
      step: "refine",
      run: this.run,
      startedAt: now,
      committedAt: now,
      bronzeThrough: this.run * 10,
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
  async refine(changes: readonly GoldChange[], overrides: Partial<RefineCommit> = {}): Promise<RefineCommit> {
    for (const change of changes) await this.write(change);
    return this.commit(changes, overrides);
  }
}
