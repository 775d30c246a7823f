import { z } from "zod";
import type { WebHdfs } from "../hdfs/webhdfs";
import type { Engine } from "./engine";
import { snapshots } from "./gold-source";

/** Names of gold's own snapshots. One that a person took under another name is left alone. */
const snapshotOfRun = /^s(\d{8,})$/;

/** Names of all snapshots under `gold` that any table or view of ClickHouse reads, whoever created it. */
export async function namedSnapshots(engine: Engine, gold: string): Promise<Set<string>> {
  const rows = await engine.rows(
    `SELECT DISTINCT arrayJoin(extractAll(create_table_query, '${gold.replaceAll(".", "\\\\.")}/\\\\.snapshot/([^/]+)/')) AS snapshot
     FROM system.tables WHERE create_table_query LIKE '%/.snapshot/%'`,
    z.object({ snapshot: z.string() }),
  );
  return new Set(rows.map(({ snapshot }) => snapshot));
}

/**
 * Deletes snapshots that nobody reads any more: those that no table has named during the grace period and that are older
 * than the snapshot of gold's newest run. The grace period must be longer than the longest query allowed.
 */
export class SnapshotRetirement {
  private readonly lastNamed = new Map<string, number>();

  constructor(
    private readonly hdfs: WebHdfs,
    private readonly engine: Engine,
    private readonly gold: string,
    private readonly graceSeconds: number,
  ) {}

  /**
   * @param newestRun gold's newest run: its snapshot is kept, and so is any newer one that gold is about to announce.
   * @param lastPublish the newest serve record, if any: at its time every table named its snapshot and no other.
   * @returns the names of the deleted snapshots.
   */
  async run(
    newestRun: number,
    lastPublish: { snapshot: string; committedAt: string } | undefined,
    now = Date.now(),
  ): Promise<string[]> {
    const found = await snapshots(this.hdfs, this.gold);
    const old = found.filter((name) => Number(snapshotOfRun.exec(name)?.[1] ?? Infinity) < newestRun);
    if (old.length === 0) return [];
    const named = await namedSnapshots(this.engine, this.gold);
    const deleted: string[] = [];
    for (const name of old) {
      if (named.has(name)) this.lastNamed.set(name, now);
      // This process sees it for the first time: no table has named it since the newest publish at the latest.
      else if (!this.lastNamed.has(name))
        this.lastNamed.set(
          name,
          lastPublish && lastPublish.snapshot !== name ? Date.parse(lastPublish.committedAt) : now,
        );
      const unnamedMs = now - (this.lastNamed.get(name) ?? now);
      if (named.has(name) || unnamedMs < this.graceSeconds * 1000) continue;
      await this.hdfs.deleteSnapshot(this.gold, name);
      this.lastNamed.delete(name);
      deleted.push(name);
    }
    return deleted;
  }
}
