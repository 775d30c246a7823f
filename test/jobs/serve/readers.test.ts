import { setTimeout as sleep } from "node:timers/promises";
import { createClient, ClickHouseLogLevel } from "@clickhouse/client";
import { facts } from "../../../lake/tables/gold";
import { Engine } from "../../../jobs/serve/engine";
import { SnapshotRetirement } from "../../../jobs/serve/retire-snapshots";
import type { GoldChange } from "../../../testbed/gold-fixture";
import { LakeToServe } from "./lake-to-serve";

jest.setTimeout(1_200_000);

const publishes = 40;
const rows = 30;
const days = Array.from({ length: 8 }, (_, index) => `2026-06-0${index + 1}`);

/** Longer than any of the queries below takes; on a deployment this is `max_execution_time`. */
const graceSeconds = 30;

let lake: LakeToServe;

beforeAll(async () => {
  lake = await LakeToServe.start(["--sessions", "8", "--memory", "1000"]);
  await lake.fresh();
}, 300_000);

afterAll(() => lake.stop());

/** The whole answer when each day has the given version. */
function answer(versions: readonly number[]): string {
  return versions.map((version, index) => `${days[index]} ${rows} ${version} ${version}`).join("\n");
}

/** The publishes whose state a reader may see, and the states that it saw. */
class Watch {
  readonly states: string[] = [];
  begun = -1;
  done = -1;
  over = false;
  readonly wrong: string[] = [];
  readonly answers = new Map<string, number>();
  readonly seen = new Map<string, Set<number>>();

  /** Reads until the publishes are over, and records every answer that was not whole. */
  async read(table: string, extra: string): Promise<void> {
    const name = `${table}${extra && " slowly"}`;
    const client = createClient({ url: lake.clickhouse.url, log: { level: ClickHouseLogLevel.OFF } });
    const query = `SELECT toString(event_date), count(), min(transactions), max(transactions) ${extra}
                   FROM lake.${table} GROUP BY event_date ORDER BY event_date`;
    while (!this.over) {
      const oldest = this.done;
      const text = await client
        .query({ query, format: "TabSeparated" })
        .then((result) => result.text())
        .catch((error: Error) => `error: ${error.message}`);
      const state = text
        .trim()
        .split("\n")
        .map((line) => line.split("\t").slice(0, 4).join(" "))
        .join("\n");
      const valid = this.states.slice(oldest, this.begun + 1).indexOf(state);
      this.answers.set(name, (this.answers.get(name) ?? 0) + 1);
      if (valid === -1) this.wrong.push(`${name}, publishes ${oldest} to ${this.begun}: ${state}`);
      else this.seen.set(name, (this.seen.get(name) ?? new Set()).add(oldest + valid));
      // Between two answers the publishes have the machine.
      await sleep(50);
    }
    await client.close();
  }
}

test(`a reader sees a whole state on either path through ${publishes} publishes`, async () => {
  const publisher = await lake.publisher([], [facts]);
  const gold = lake.gold.layout.layer("gold");
  const retirement = new SnapshotRetirement(lake.gold.hdfs, new Engine(lake.client), gold, graceSeconds);
  const watch = new Watch();
  const versions = days.map(() => 0);

  async function publish(changes: readonly GoldChange[]): Promise<void> {
    await lake.gold.refine(changes);
    watch.states.push(answer(versions));
    watch.begun += 1;
    await lake.publish(publisher);
    watch.done = watch.begun;
    const { run, publish: last } = await publisher.newest();
    await retirement.run(run ?? -1, last);
  }

  await publish(days.map((day) => ({ table: facts, day, rows, version: 0 })));
  const slowly = ", sum(sleepEachRow(0.004))";
  const readers = ["gold_facts", "gold_facts_hdfs"].flatMap((table) => [
    watch.read(table, ""),
    watch.read(table, ""),
    watch.read(table, slowly),
  ]);
  try {
    for (let version = 1; version <= publishes; version += 1) {
      const changed = [version % 8, (version * 3 + 1) % 8];
      for (const index of changed) versions[index] = version;
      await publish(
        [...new Set(changed)].map((index) => ({ table: facts, day: days[index] ?? "", rows, version })),
      );
    }
  } finally {
    watch.over = true;
    await Promise.all(readers);
  }
  expect(watch.wrong).toEqual([]);
  for (const name of ["gold_facts", "gold_facts_hdfs"]) {
    // The readers did read while the publishes went on.
    expect(watch.answers.get(name)).toBeGreaterThan(100);
    expect(watch.answers.get(`${name} slowly`)).toBeGreaterThan(10);
    expect(watch.seen.get(name)?.size).toBeGreaterThan(20);
  }
});
