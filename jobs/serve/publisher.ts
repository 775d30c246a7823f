import type { Layout } from "../../lake/layout";
import { Journal } from "../hdfs/journal";
import { goldCommit, serveCommit, type GoldCommit, type ServeCommit } from "../../lake/records";
import { clickhouseDatabase, importedTable, zeroCopyTable, type Table } from "../../lake/tables";
import type { WebHdfs } from "../hdfs/webhdfs";
import { contentOf, disagreement } from "./agreement";
import type { Engine } from "./engine";
import { isMissingTable } from "./failure";
import { goldSource, snapshots } from "./gold-source";
import { createMissing, sweep } from "./gold-tables";
import { isDue, planPublish, type Plan } from "./plan";
import { publish, type Published } from "./publish";
import { readServed, type Served } from "./served";

export interface PublisherParts {
  readonly hdfs: WebHdfs;
  /** `hdfs://host:port` at which ClickHouse reaches HDFS. */
  readonly hdfsUrl: string;
  readonly lake: Layout;
  readonly tables: readonly Table[];
  /** Its statements are aborted when serve is told to stop. */
  readonly staging: Engine;
  readonly switching: Engine;
  readonly stop: AbortSignal;
  readonly say: (line: string) => void;
}

/** Keeps ClickHouse at the newest run of gold. All its state can be read again from HDFS and ClickHouse. */
export class Publisher {
  private readonly gold: Journal<typeof goldCommit>;
  private readonly serve: Journal<typeof serveCommit>;
  private readonly distrusted = new Set<string>();
  private prepared = false;

  constructor(private readonly parts: PublisherParts) {
    this.gold = Journal.of(parts.hdfs, parts.lake, "gold", goldCommit);
    this.serve = Journal.of(parts.hdfs, parts.lake, "serve", serveCommit);
  }

  /** Makes the next publish check again that ClickHouse has its tables: after a failure it may be another server. */
  forget(): void {
    this.prepared = false;
  }

  /** Number of the newest run of gold, and the newest serve record. */
  async newest(): Promise<{ run: number | undefined; publish: ServeCommit | undefined }> {
    return { run: (await this.gold.numbers()).at(-1), publish: await this.serve.newest() };
  }

  /** Publishes gold's run `run`, unless ClickHouse and the lake's records are there already. */
  async bringTo(
    run: number,
    last: ServeCommit | undefined,
  ): Promise<(Published & { plan: Plan }) | undefined> {
    const served = await this.served();
    const plan = await this.plan(run, served);
    const recorded = last?.goldRun === run && last.snapshot === plan.target.snapshot;
    if (!isDue(plan) && recorded) return undefined;
    for (const { table, imported } of plan.tables)
      if (imported.kind === "full") this.parts.say(`${table.name} is loaded in full: ${imported.reason}`);
    const { staging, switching, stop, hdfs, lake } = this.parts;
    const found = await snapshots(hdfs, lake.layer("gold"));
    if (!found.includes(plan.target.snapshot))
      throw new Error(
        `snapshot ${plan.target.snapshot} of gold's run ${run} is not in ${lake.layer("gold")}/.snapshot`,
      );
    const published = await publish(plan, (last?.publish ?? 0) + 1, {
      staging,
      switching,
      stop,
      source: goldSource(hdfs, this.parts.hdfsUrl, lake, plan.target.snapshot),
      commit: (record) => this.serve.append(record.publish, record),
    });
    this.distrusted.clear();
    return { ...published, plan };
  }

  /**
   * Compares both paths over their whole history. A table that disagrees is loaded in full by the next publish.
   * @returns the differences in words, by table.
   */
  async check(): Promise<ReadonlyMap<string, string>> {
    const differences = new Map<string, string>();
    for (const table of this.parts.tables) {
      const zeroCopy = await contentOf(
        this.parts.staging,
        table,
        `${clickhouseDatabase}.${zeroCopyTable(table)}`,
      );
      const imported = await contentOf(
        this.parts.staging,
        table,
        `${clickhouseDatabase}.${importedTable(table)}`,
      );
      const difference = disagreement(zeroCopy, imported);
      if (difference === "") continue;
      differences.set(table.name, difference);
      this.distrusted.add(table.name);
    }
    return differences;
  }

  /** Creates the tables that are missing, so that readers always find them. */
  async prepare(): Promise<void> {
    if (this.prepared) return;
    const { switching, tables, lake, hdfsUrl } = this.parts;
    await createMissing(
      switching,
      tables,
      (table) => `${hdfsUrl}${lake.snapshotTable("nothing-published", table.name)}`,
    );
    await sweep(switching);
    this.prepared = true;
  }

  private async served(): Promise<ReadonlyMap<string, Served>> {
    const { switching, tables, say } = this.parts;
    try {
      return await readServed(switching, tables);
    } catch (error) {
      if (!isMissingTable(error)) throw error;
      say("ClickHouse has lost its tables: they are created again and loaded in full");
      this.forget();
      await this.prepare();
      return readServed(switching, tables);
    }
  }

  /**
   * Plans from gold's records between what is served and `run`. They are read anew each time: a lake that was wiped and
   * filled again has other runs with the same numbers.
   */
  private async plan(run: number, served: ReadonlyMap<string, Served>): Promise<Plan> {
    const from = Math.min(run, ...[...served.values()].map(({ imported }) => imported?.run ?? run));
    const numbers = (await this.gold.numbers(from - 1)).filter((number) => number <= run);
    const records = new Map<number, GoldCommit>();
    for (const number of numbers) records.set(number, await this.gold.read(number));
    const target = records.get(run);
    if (!target) throw new Error(`gold's run ${run} has lost its record: is the lake being rebuilt?`);
    return planPublish(this.parts.tables, served, target, records, this.distrusted);
  }
}
