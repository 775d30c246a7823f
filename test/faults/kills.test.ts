import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { until } from "../../local/jvm/until";
import { LakeProcess } from "../flow/lake-process";
import { OpenPage } from "../flow/open-page";
import { expectReconciled, faults, known, quick, readReport } from "../flow/reconciled";

jest.setTimeout(1_500_000);

describe("a lake that is killed with -9", () => {
  const lake = new LakeProcess(28_220);
  const home = join(lake.data, "lake");
  let page: OpenPage | undefined;
  afterAll(async () => {
    await page?.close();
    lake.remove();
  });

  /** Events that a layer has, as the newest line of the output says. */
  function events(layer: "kafka" | "clickhouse"): number {
    const newest = [...lake.output.matchAll(new RegExp(`${layer} ([\\d,]+) \\(`, "g"))].at(-1);
    return Number(newest?.[1]?.replaceAll(",", "") ?? 0);
  }

  test("part by part and as a whole, it loses nothing and counts nothing twice, and goes on with its data", async () => {
    lake.start(...quick, ...faults);
    await lake.running();
    page = await OpenPage.open(lake.consoleUrl);
    await sleep(8_000);
    const parts: [string, string[]][] = [
      ["the broker", ["kafka.Kafka", home]],
      ["the NameNode", ["namenode.NameNode", home]],
      ["the DataNode", ["datanode.DataNode", home]],
      ["ClickHouse", ["jobs/clickhouse/cli.ts", home]],
      ["serve", ["jobs/serve/cli.ts", "127.0.0.1:28227"]],
      ["bronze's driver", ["jobs/bronze/main.py", "127.0.0.1:28220"]],
      // The last one: each loss of HDFS costs a run, and the first run after a start takes the longest.
      ["refine's driver", ["jobs/refine/main.py", "127.0.0.1:28222"]],
    ];
    for (const [name, words] of parts) {
      const killed = await lake.kill(...words);
      if (killed === 0) throw new Error(`${name} was not there to be killed`);
      await sleep(5_000);
    }
    const sent = events("kafka");
    expect(sent).toBeGreaterThan(1_000);
    await until(
      "events of before the kills in ClickHouse",
      () => Promise.resolve(events("clickhouse") >= sent ? undefined : lake.output.slice(-2_000)),
      AbortSignal.timeout(600_000),
    );
    await page?.saysThatItIs("live");
    await until(
      "the page to show them",
      async () => (((await page?.recordsServed()) ?? sent) >= sent ? undefined : "it shows fewer"),
      AbortSignal.timeout(60_000),
    );
    lake.signal("SIGKILL");
    await lake.ended();
    await lake.gone();
    await page?.saysThatItIs("reconnecting");

    lake.start("--for", "20", ...quick, ...faults, "--report", lake.reportFile);
    await page?.saysThatItIs("live");
    if ((await lake.ended()) !== 0) throw new Error(lake.output);
    expect(page?.errors ?? []).toEqual([]);
    const report = readReport(lake);
    expectReconciled(report);
    const all = Object.values(report.topics).map((topic) => known(topic.sent));
    expect(all.reduce((sum, topic) => sum + topic, 0)).toBeGreaterThan(sent);
    expect(report.topics.listen_events.malformed).toBeGreaterThan(0);
    expect(report.topics.listen_events.duplicates).toBeGreaterThan(0);
    expect(report.freshnessSeconds.p95).toBeGreaterThan(0);
    expect(report.secondsToFirstGold).toBeGreaterThan(0);
    expect(report.peakMemoryBytes).toBeGreaterThan(100_000_000);
  });
});
