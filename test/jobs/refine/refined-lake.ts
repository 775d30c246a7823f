import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { publishCatalogue } from "../../../jobs/eventsim/catalogue/publish";
import { makeCatalogue } from "../../../jobs/eventsim/catalogue";
import type { EventTopic } from "../../../lake/events";
import { layout, type Layout } from "../../../lake/layout";
import { Journal } from "../../../jobs/hdfs/journal";
import { goldCommit, silverCommit, type GoldCommit, type SilverCommit } from "../../../lake/records";
import type { Catalogue } from "../../../lake/reference";
import type { Table } from "../../../lake/tables";
import { WebHdfs } from "../../../jobs/hdfs/webhdfs";
import { silentProgress } from "../../../toolchain/progress";
import { setUpLake, type LakeToolchain } from "../../../local/lake-toolchain";
import { startHdfs, type RunningHdfs } from "../../../testbed/running-hdfs";
import { BronzeOnHdfs, type Arrived } from "../../../testbed/bronze-on-hdfs";
import { LakeRows, type Row } from "../../../testbed/lake-rows";
import { RefineProcess, type RefineStart } from "../../../testbed/running-refine";
import type { SparkJvm } from "../../../testbed/spark-jvm";

interface Changes extends Pick<RefineStart, "stopAt" | "script" | "env"> {
  /** Starts a JVM of its own, although the worker's is free. */
  readonly ownJvm?: boolean;
}

/** A test's own HDFS with lakes, whose bronze the test writes and whose silver and gold refine builds. */
export class RefinedLakes {
  readonly hdfs: WebHdfs;
  readonly rows: LakeRows;
  private readonly started: RefineProcess[] = [];

  private constructor(
    private readonly folder: string,
    private readonly toolchain: LakeToolchain,
    private readonly running: RunningHdfs,
    private readonly jvm: SparkJvm,
  ) {
    this.hdfs = new WebHdfs(running.webhdfs);
    this.rows = new LakeRows(this.hdfs, running.url);
  }

  static async start(): Promise<RefinedLakes> {
    const folder = mkdtempSync(join(tmpdir(), "refine-"));
    const root = resolve(__dirname, "../../..");
    const toolchain = await setUpLake({ root, env: process.env, progress: silentProgress });
    const jvm = await sharedSparkJvm(toolchain);
    return new RefinedLakes(folder, toolchain, await startHdfs(join(folder, "hdfs")), jvm);
  }

  /** A lake with a catalogue and an empty bronze; `roots` get the same batches. */
  async make(roots: readonly string[], catalogue: Catalogue = makeCatalogue()): Promise<RefinedLake[]> {
    const bronze = new BronzeOnHdfs(this.hdfs, roots);
    for (const root of roots) await publishCatalogue(this.hdfs, root, catalogue);
    return roots.map((root) => new RefinedLake(this, layout(root), bronze));
  }

  /** Starts refine in the worker's JVM, or in one of its own while another runs there. */
  refine(root: string, args: readonly string[], { ownJvm, ...more }: Changes = {}) {
    const { toolchain, running } = this;
    const jvm = ownJvm || this.jvm.isTaken ? {} : { jvm: this.jvm };
    const process = new RefineProcess({ toolchain, hdfs: running.url, lake: root, args, ...jvm, ...more });
    this.started.push(process);
    return process;
  }

  /** `hdfs://host:port` */
  get url(): string {
    return this.running.url;
  }

  async stop(): Promise<void> {
    for (const process of this.started) {
      process.signal("SIGCONT");
      process.signal("SIGKILL");
    }
    await Promise.all(this.started.map((process) => process.ended()));
    await Promise.all([this.running.namenode.stop(), this.running.datanode.stop()]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** One of the test's lakes. */
export class RefinedLake {
  /** Everything that was written to bronze, by batch. */
  readonly landed: Arrived[][] = [];

  constructor(
    private readonly lakes: RefinedLakes,
    readonly layout: Layout,
    private readonly bronze: BronzeOnHdfs,
  ) {}

  /** @returns the batch's number */
  async land(arrived: readonly Arrived[]): Promise<number> {
    this.landed.push([...arrived]);
    await this.bronze.land(arrived);
    return this.landed.length - 1;
  }

  /** @returns the batch's number */
  async readAnew(topic: EventTopic): Promise<number> {
    this.landed.push([]);
    await this.bronze.readAnew(topic);
    return this.landed.length - 1;
  }

  publish(catalogue: Catalogue): Promise<string[]> {
    return publishCatalogue(this.lakes.hdfs, this.layout.root, catalogue);
  }

  refine(args: readonly string[], more: Changes = {}): RefineProcess {
    return this.lakes.refine(this.layout.root, args, more);
  }

  /** Builds silver and gold from what is there, and ends with success. */
  async refineOnce(args: readonly string[] = [], more: Changes = {}): Promise<RefineProcess> {
    const process = this.refine(["--once", ...args], more);
    expect([await process.ended(), process.said.at(-1)]).toEqual([0, process.said.at(-1)]);
    return process;
  }

  silverRecords(): Promise<SilverCommit[]> {
    return Journal.of(this.lakes.hdfs, this.layout, "silver", silverCommit).readAfter(-1);
  }

  goldRecords(): Promise<GoldCommit[]> {
    return Journal.of(this.lakes.hdfs, this.layout, "gold", goldCommit).readAfter(-1);
  }

  /** Rows of a query over a table as readers see it, written as `{rows}`: silver's files, gold's newest snapshot. */
  async select(table: Table, sql: string): Promise<Row[]> {
    return this.lakes.rows.select(await this.folder(table), table, sql);
  }

  /** Every row of a table as readers see it. */
  async all(table: Table): Promise<string[]> {
    return this.lakes.rows.all(await this.folder(table), table);
  }

  files(table: Table): Promise<Record<string, number>> {
    return this.lakes.rows.files(this.layout.table(table.layer, table.name));
  }

  private async folder({ layer, name }: Table): Promise<string> {
    if (layer === "silver") return this.layout.table(layer, name);
    const snapshot = (await this.goldRecords()).at(-1)?.snapshot;
    return snapshot === undefined
      ? this.layout.table("gold", name)
      : this.layout.snapshotTable(snapshot, name);
  }
}
