import { facts } from "../../../lake/tables/gold";
import { HoldingProxy } from "./holding-proxy";
import { LakeToServe } from "./lake-to-serve";
import { RunningServe } from "../../../testbed/running-serve";
import { expectServed } from "./served-as-refined";

jest.setTimeout(300_000);

let lake: LakeToServe;
let version = 0;

beforeAll(async () => {
  lake = await LakeToServe.start();
}, 300_000);

afterAll(() => lake.stop());

beforeEach(() => lake.fresh());

async function refine(): Promise<void> {
  version += 1;
  await lake.gold.refine([{ table: facts, day: "2026-06-01", rows: 10 + version, version }]);
}

const addresses = () => ({ webhdfs: lake.webhdfs, hdfs: lake.hdfs, clickhouse: lake.clickhouse.url });

describe("serve", () => {
  test("publishes run after run, one JSON line each, and ends on SIGTERM", async () => {
    const serve = RunningServe.start(addresses());
    await refine();
    await serve.publishes(1);
    await refine();
    await serve.publishes(2);
    expect(await serve.signal("SIGTERM")).toEqual({ code: 0, signal: null });
    expect(serve.published).toMatchObject([
      { step: "serve", publish: 1, goldRun: 0, loaded: { facts: "full" } },
      { step: "serve", publish: 2, goldRun: 1, loaded: { facts: ["2026-06-01"], kpi_daily: "none" } },
    ]);
    await expectServed(lake, lake.gold.state);
  });

  test("with --once publishes what is there and ends; ends with 1 where it can't", async () => {
    await refine();
    const serve = RunningServe.start(addresses(), "--once");
    expect(await serve.ended()).toEqual({ code: 0, signal: null });
    expect(serve.published).toHaveLength(1);
    const nowhere = RunningServe.start({ ...addresses(), clickhouse: "http://127.0.0.1:9" }, "--once");
    expect(await nowhere.ended()).toEqual({ code: 1, signal: null });
    expect(nowhere.said).toEqual([expect.stringMatching(/ECONNREFUSED 127\.0\.0\.1:9$/)]);
  });

  test.each(["clickhouse", "webhdfs"] as const)(
    "outlives an outage of %s, which it says once",
    async (service) => {
      const target = addresses()[service];
      let proxy = await HoldingProxy.start(target);
      const serve = RunningServe.start({ ...addresses(), [service]: proxy.url });
      await refine();
      await serve.publishes(1);
      await proxy.stop();
      const { port } = new URL(proxy.url);
      await serve.says(new RegExp(`publishing failed: .*ECONNREFUSED 127\\.0\\.0\\.1:${port}`));
      await refine();
      proxy = await HoldingProxy.start(target, Number(port));
      await serve.publishes(2);
      await serve.says(/goes on after \d+ failed attempts/);
      expect(await serve.signal("SIGTERM")).toEqual({ code: 0, signal: null });
      await proxy.stop();
      expect(serve.said.filter((line) => line.includes("ECONNREFUSED"))).toHaveLength(1);
      await expectServed(lake, lake.gold.state);
    },
  );

  test("says which file is broken, keeps serving, and goes on with the run that mends it", async () => {
    const serve = RunningServe.start(addresses());
    await refine();
    await serve.publishes(1);
    const served = lake.gold.state;
    const broken = { table: facts, day: "2026-06-01", rows: 50, version: 99 };
    await lake.gold.write(broken);
    await lake.gold.hdfs.write(lake.gold.file(broken), "not Parquet");
    await lake.gold.commit([broken]);
    const line = await serve.says(/publishing failed/);
    expect(line).toMatch(/ClickHouse code \d+ .*2026-06-01-run-99\.parquet/);
    expect(line).toMatch(/readers keep what they have/);
    await expectServed(lake, served);
    await refine();
    await serve.publishes(2);
    await expectServed(lake, lake.gold.state);
    expect(await serve.signal("SIGTERM")).toEqual({ code: 0, signal: null });
  });
});
