import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { eventTopics } from "../../lake/events";
import { LakeProcess } from "../flow/lake-process";
import { expectReconciled, faults, known, quick, readReport } from "../flow/reconciled";

jest.setTimeout(1_500_000);

describe("a lake whose parts are killed with -9", () => {
  const lake = new LakeProcess(28_220);
  const home = join(lake.data, "lake");
  afterAll(() => lake.remove());

  test("loses nothing and counts nothing twice, and goes on with its data at the next start", async () => {
    lake.start("--for", "75", ...quick, ...faults, "--report", lake.reportFile);
    await lake.running();
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
    if ((await lake.ended()) !== 0) throw new Error(lake.output);
    const first = readReport(lake);
    expectReconciled(first);
    expect(first.topics.listen_events.malformed).toBeGreaterThan(0);
    expect(first.topics.listen_events.duplicates).toBeGreaterThan(0);
    expect(first.freshnessSeconds.p95).toBeGreaterThan(0);
    expect(first.secondsToFirstGold).toBeGreaterThan(0);
    expect(first.peakMemoryBytes).toBeGreaterThan(100_000_000);

    lake.start("--for", "20", ...quick, ...faults, "--report", lake.reportFile);
    if ((await lake.ended()) !== 0) throw new Error(lake.output);
    const second = readReport(lake);
    expectReconciled(second);
    for (const topic of eventTopics) {
      expect(second.topics[topic].sent).toBeGreaterThanOrEqual(known(first.topics[topic].sent));
    }
    expect(second.topics.listen_events.sent).toBeGreaterThan(known(first.topics.listen_events.sent));
  });
});
