import type { Layout } from "../../lake/layout";
import { Journal, refineCommit, serveCommit, type RefineCommit, type ServeCommit } from "../../lake/records";
import { clickhouseDatabase, importedTable, zeroCopyTable, type Table } from "../../lake/tables";
import type { WebHdfs } from "../../lake/webhdfs";
import { contentOf, disagreement } from "./agreement";
import type { Engine } from "./engine";
import { isMissingTable } from "./failure";
import { goldSource, snapshots } from "./gold-source";
import { createMissing, sweep } from "./gold-tables";
import { migrate, type Migration } from "./migrations";
import { isDue, planPublish, type Plan } from "./plan";
import { publish, type Published } from "./publish";
import { readServed, type Served } from "./served";

export interface PublisherParts {
  readonly hdfs: WebHdfs;
  /** `hdfs://host:port`, as ClickHouse reaches it. */
  readonly hdfsUrl: string;
  readonly lake: Layout;
  readonly tables: readonly Table[];
  readonly migrations: readonly Migration[];
  /** Ends its statements when serve is told to stop. */
  readonly staging: Engine;
  readonly switching: Engine;
  readonly stop: AbortSignal;
  readonly say: (line: string) => void;
}

/** Keeps ClickHouse at the newest refine run. Holds nothing that it can't read again from HDFS and ClickHouse. */
export class Publisher {
  private readonly refine: Journal<typeof refineCommit>;
  private readonly serve: Journal<typeof serveCommit>;
  private readonly distrusted = new Set<string>();
  private prepared = false;

  constructor(private readonly parts: PublisherParts) {
    this.refine = Journal.of(parts.hdfs, parts.lake, "refine", refineCommit);
    this.serve = Journal.of(parts.hdfs, parts.lake, "serve", serveCommit);
  }

  /** The next publish looks again whether ClickHouse has its tables: after a failure it may be another. */
  forget(): void {
    this.prepared = false;
  }

  /** Number of the newest refine run, and the newest serve record. */
  async newest(): Promise<{ run: number | undefined; publish: ServeCommit | undefined }> {
    return { run: (await this.refine.numbers()).at(-1), publish: await this.serve.newest() };
  }

  /** Publishes refine run `run` where ClickHouse or the lake's records are not at it yet. */
  async bringTo(
    run: number,
    last: ServeCommit | undefined,
  ): Promise<(Published & { plan: Plan }) | undefined> {
    const served = await this.served();
    const plan = await this.plan(run, served);
    const recorded = last?.refineRun === run && last.snapshot === plan.target.snapshot;
    if (!isDue(plan) && recorded) return undefined;
    for (const { table, imported } of plan.tables)
      if (imported.kind === "full") this.parts.say(`${table.name} is loaded in full: ${imported.reason}`);
    const { staging, switching, stop, hdfs, lake } = this.parts;
    const found = await snapshots(hdfs, lake.layer("gold"));
    if (!found.includes(plan.target.snapshot))
      throw new Error(
        `snapshot ${plan.target.snapshot} of refine run ${run} is not in ${lake.layer("gold")}/.snapshot`,
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
   * @returns what disagrees, in words by table.
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

  /** Migrates and creates empty tables where there are none, so that readers never meet a missing one. */
  async prepare(): Promise<void> {
    if (this.prepared) return;
    const { switching, migrations, tables, say, lake, hdfsUrl } = this.parts;
    for (const { number, name } of await migrate(switching, migrations))
      say(`applied migration ${number} (${name})`);
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
   * Reads the refine records that lie between what is served and `run`. None is kept from one time to the next: a lake
   * that was wiped and filled again has other runs by the same numbers.
   */
  private async plan(run: number, served: ReadonlyMap<string, Served>): Promise<Plan> {
    const from = Math.min(run, ...[...served.values()].map(({ imported }) => imported?.run ?? run));
    const numbers = (await this.refine.numbers(from - 1)).filter((number) => number <= run);
    const records = new Map<number, RefineCommit>();
    for (const number of numbers) records.set(number, await this.refine.read(number));
    const target = records.get(run);
    if (!target) throw new Error(`refine run ${run} has lost its record: is the lake being rebuilt?`);
    return planPublish(this.parts.tables, served, target, records, this.distrusted);
  }
}
