import { rmSync } from "node:fs";
import { eventTopics } from "../../lake/events";
import { until } from "../../local/jvm/until";
import { queryByExample, readByExample, sendByExamples } from "./examples";
import { expectConsole } from "./console";
import { expectPage } from "./console-page";
import { expectFollowing } from "./follow";
import { LakeProcess } from "./lake-process";
import { cacheWithoutArchives } from "../fixtures/cache-without-archives";
import { worstEnvironment } from "../fixtures/worst-environment";
import { expectReconciled, faults, quick, readReport } from "./reconciled";

jest.setTimeout(900_000);

describe("the whole lake", () => {
  const lake = new LakeProcess(28_200);
  const cache = cacheWithoutArchives(process.env);
  afterAll(() => {
    lake.remove();
    rmSync(cache, { recursive: true, force: true });
  });

  test("runs, drains, checks itself and reports, whatever the environment says to other programs", async () => {
    lake.startIn(
      { ...process.env, ...worstEnvironment, XDG_CACHE_HOME: cache },
      "--for",
      "40",
      ...quick,
      ...faults,
      "--report",
      lake.reportFile,
    );
    const code = await lake.ended();
    if (code !== 0) throw new Error(lake.output);
    const report = readReport(lake);
    expectReconciled(report);
    for (const topic of eventTopics) expect(report.topics[topic].sent).toBeGreaterThan(0);
    expect(report.topics.listen_events.malformed).toBeGreaterThan(0);
    expect(report.topics.listen_events.duplicates).toBeGreaterThan(0);
    expect(report.freshnessSeconds.p95).toBeGreaterThan(0);
    expect(report.secondsToFirstGold).toBeGreaterThan(0);
    expect(report.peakMemoryBytes).toBeGreaterThan(100_000_000);
    // Preparing faster later starts did not delay this one.
    expect(lake.output).toMatch(/The lake runs\.[^]*Class archives are made beside the lake/);
  });

  test("serves its console and the examples, then stops at Ctrl-C and leaves no process behind", async () => {
    lake.start(...quick, ...faults);
    const endpoints = await lake.running();
    expect(lake.output).toMatch(new RegExp(`See it live: ${lake.consoleUrl}\n[^]*The lake runs`));
    await expectConsole(lake.consoleUrl);
    await expectFollowing(lake.consoleUrl, endpoints);
    await expectPage(lake.consoleUrl);
    const sent = await sendByExamples(endpoints);
    const read = async () => {
      const bronze = await readByExample(endpoints);
      return sent.every((id) => bronze.includes(`"event_id":"${id}"`)) ? undefined : bronze;
    };
    await until("bronze with both producers' events", read, AbortSignal.timeout(300_000));
    expect(await queryByExample(endpoints)).toMatch(/^\d{4}-\d\d-\d\d \S+: [\d.]+ EUR, \d+ alerts$/m);
    lake.signal("SIGINT");
    expect(await lake.ended()).toBe(0);
    while ((await lake.find(lake.data)).length > 0) await new Promise((resolve) => setTimeout(resolve, 200));
  });

  test("leaves no process behind when it is killed with -9", async () => {
    lake.start(...quick);
    await lake.running();
    lake.signal("SIGKILL");
    await lake.ended();
    while ((await lake.find(lake.data)).length > 0) await new Promise((resolve) => setTimeout(resolve, 200));
  });
});
