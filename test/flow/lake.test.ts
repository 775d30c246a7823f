import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { eventTopics } from "../../lake/events";
import { importedTable, goldTables, zeroCopyTable } from "../../lake/tables";
import { reportSchema, type Report } from "../../smoke/report-schema";
import { LakeProcess } from "./lake-process";

jest.setTimeout(900_000);

const faults = "--malformed 0.02 --duplicates 0.02 --late 0.02".split(" ");
const quick = "--trigger 5 --every 5 --rate 200".split(" ");

function read(lake: LakeProcess): Report {
  return reportSchema.parse(JSON.parse(readFileSync(lake.reportFile, "utf8")));
}

function known(figure: number | null | undefined): number {
  if (figure === null || figure === undefined) throw new Error("the report lacks a figure");
  return figure;
}

function expectReconciled(report: Report): void {
  expect(report.checks.filter(({ status }) => status !== "passed")).toEqual([]);
  expect(report.ok).toBe(true);
  for (const topic of eventTopics) {
    const of = report.topics[topic];
    expect(of.kafka).toBe(known(of.bronze) + known(of.quarantine));
    expect(of.sent).toBe(of.kafka);
    expect(of.quarantine).toBe(of.malformed);
    expect(of.silver).toBe(known(of.bronze) - known(of.duplicates));
  }
  const cents = (amount: number | null | undefined) => Math.round(known(amount) * 100);
  const served = report.clickhouse as Record<string, { rows: number | null; totalAmount?: number | null }>;
  const gold = report.gold as Record<string, { rows: number | null }>;
  for (const table of goldTables) {
    const paths = [served[importedTable(table)], served[zeroCopyTable(table)]];
    expect(paths.map((path) => path?.rows)).toEqual(Array(2).fill(known(gold[table.name]?.rows)));
    if (table.name !== "facts") continue;
    expect(cents(report.gold.facts.totalAmount)).toBeGreaterThan(0);
    expect(paths.map((path) => cents(path?.totalAmount))).toEqual(
      Array(2).fill(cents(report.gold.facts.totalAmount)),
    );
  }
}

describe("the whole lake", () => {
  const lake = new LakeProcess(28_200);
  let first: Report;
  afterAll(() => lake.remove());

  it("runs, drains, checks itself and reports", async () => {
    lake.start("--for", "40", ...quick, ...faults, "--report", lake.reportFile);
    const code = await lake.ended();
    if (code !== 0) throw new Error(lake.output);
    first = read(lake);
    expectReconciled(first);
    for (const topic of eventTopics) expect(first.topics[topic].sent).toBeGreaterThan(0);
    expect(first.topics.listen_events.malformed).toBeGreaterThan(0);
    expect(first.topics.listen_events.duplicates).toBeGreaterThan(0);
    expect(first.freshnessSeconds.p95).toBeGreaterThan(0);
    expect(first.secondsToFirstGold).toBeGreaterThan(0);
    expect(first.peakMemoryBytes).toBeGreaterThan(100_000_000);
  });

  it("goes on with its data when it is started again, and loses nothing to kill -9 of any part", async () => {
    lake.start("--for", "75", ...quick, ...faults, "--report", lake.reportFile);
    await lake.running();
    await sleep(8_000);
    const home = join(lake.data, "lake");
    const parts: [string, string[]][] = [
      ["bronze's driver", ["jobs/bronze/main.py", "127.0.0.1:28200"]],
      ["refine's driver", ["jobs/refine/main.py", "127.0.0.1:28202"]],
      ["serve", ["jobs/serve/cli.ts", "127.0.0.1:28207"]],
      ["ClickHouse", ["local/clickhouse/cli.ts", home]],
      ["the DataNode", ["datanode.DataNode", home]],
      ["the NameNode", ["namenode.NameNode", home]],
      ["the broker", ["kafka.Kafka", home]],
    ];
    for (const [name, words] of parts) {
      expect([name, await lake.kill(...words)]).toEqual([name, expect.any(Number)]);
      await sleep(5_000);
    }
    const code = await lake.ended();
    if (code !== 0) throw new Error(lake.output);
    const second = read(lake);
    expectReconciled(second);
    for (const topic of eventTopics)
      expect(second.topics[topic].sent).toBeGreaterThan(known(first.topics[topic].sent));
  });

  it("stops at Ctrl-C and leaves no process behind, nor when it is killed with -9", async () => {
    for (const name of ["SIGINT", "SIGKILL"] as const) {
      lake.start(...quick);
      await lake.running();
      if (name === "SIGINT") {
        lake.signal(name);
        expect(await lake.ended()).toBe(0);
      } else {
        await lake.kill("local/cli.ts", "start", lake.data);
        await lake.ended();
      }
      while ((await lake.find(lake.data)).length > 0) await sleep(200);
    }
  });
});
