import { eventTopics } from "../../../lake/events";
import { bronzeColumns } from "../../../smoke/reading/parquet";
import type { Hop } from "../../../smoke/hops";
import type { SmokeOptions } from "../../../smoke/options";
import type { CheckResult } from "../../../smoke/outcome";
import { runSmoke } from "../../../smoke/run";
import { startServices, type Services } from "./fixture/services";
import { settledOptions } from "./fixture/settled-options";
import { SmallLake } from "./fixture/small-lake";
import type { LandedRecord } from "./fixture/source";

jest.setTimeout(240_000);

const topic = "listen_events";

describe("a topic that was deleted and made anew", () => {
  let services: Services;
  let lake: SmallLake;
  let landed: readonly LandedRecord[];

  beforeAll(async () => {
    services = await startServices();
    lake = new SmallLake(services.endpoints);
    landed = await lake.build(topic);
  }, 600_000);

  afterAll(async () => {
    await lake.close();
    await services.stop();
  });

  const layers = ["kafka", "bronze", "quarantine", "silver", "gold", "imported", "ledger", "loss"] as const;

  function check(checks: readonly Hop[] = layers, changed: Partial<SmokeOptions> = {}) {
    return runSmoke(settledOptions(services.endpoints, checks, changed));
  }

  const failed = (results: readonly CheckResult[]) =>
    results.filter(({ status }) => status === "failed").map(({ name, message }) => `${name}: ${message}`);

  test("passes every check, and what it held before is said to be lost", async () => {
    const results = await check();
    expect(failed(results)).toEqual([]);
    const each = results.find(({ name }) => name === `${topic}: every record exactly once`);
    expect(each?.figure).toMatch(/^52 rows, and 2 in quarantine/);
    const loss = results.find(({ name }) => name === "Kafka kept every record until it was read");
    expect(loss?.figure).toMatch(/^0, and what listen_events held before it was made anew, LOST/);
  });

  test("does not make up for what other topics lack", async () => {
    await lake.source.publishLedger(landed, (entry) => ({ ...entry, good: entry.good + 1 }));
    const results = await check(["kafka", "ledger"]);
    await lake.source.publishLedger(landed);
    const named = failed(results).map((line) => line.split(":")[0]);
    const others = eventTopics.filter((name) => name !== topic);
    expect(named.sort()).toEqual([...others, "every event hour holds what the sources sent"].sort());
    const byHour = failed(results).find((line) => line.startsWith("every event hour"));
    expect(byHour).not.toContain(topic);
    const account = results.find(({ name }) => name.startsWith(topic));
    expect(account?.figure).toMatch(/LOST of the topic before it was made anew/);
  });

  test("is an alert while it is news", async () => {
    expect(failed(await check(["loss"], { lossHours: 1 }))).toEqual([
      expect.stringContaining("listen_events, which was made anew: partition 0 from 9 on"),
    ]);
  });

  test.each([
    ["before", 0],
    ["since", 2],
  ])("misses a row that came %s", async (_, batch) => {
    const folder = lake.layout.raw("bronze", topic);
    const putBack = await lake.files.keep(folder);
    const lost = "kafka_partition = 1 AND kafka_offset = 2";
    const select = `SELECT * FROM {rows} WHERE NOT (${lost})`;
    await lake.files.rewriteFirst(folder, bronzeColumns(topic), select, batch);
    const found = failed(await check(["kafka", "bronze"]));
    await putBack();
    expect(found).toEqual([
      expect.stringMatching(/^listen_events: every record exactly once: .*no row of offset 2;/),
    ]);
  });
});
