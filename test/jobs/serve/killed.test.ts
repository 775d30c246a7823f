import { Journal } from "../../../jobs/hdfs/journal";
import { serveCommit } from "../../../lake/records";
import { goldTables } from "../../../lake/tables";
import { facts, fctFraudAlerts, goldDimCustomers, kpiDaily } from "../../../lake/tables/gold";
import type { GoldChange } from "../../../testbed/gold-fixture";
import { HoldingProxy, type Hold } from "./holding-proxy";
import { LakeToServe } from "./lake-to-serve";
import { RunningServe } from "../../../testbed/running-serve";
import { expectServed, shown, shownOfAll } from "./served-as-refined";

jest.setTimeout(300_000);

let lake: LakeToServe;
let version = 1;

const changes = (): GoldChange[] => [
  { table: facts, day: "2026-06-02", rows: 30 + version, version },
  { table: facts, day: "2026-06-03", rows: 30, version },
  { table: kpiDaily, day: "2026-06-02", rows: 1, version },
  { table: goldDimCustomers, rows: 20, version },
];

beforeAll(async () => {
  lake = await LakeToServe.start();
  await lake.fresh();
  await lake.gold.refine([
    ...changes(),
    { table: facts, day: "2026-06-01", rows: 30, version },
    { table: fctFraudAlerts, day: "2026-06-01", rows: 3, version },
  ]);
  await lake.publish(await lake.publisher());
}, 300_000);

afterAll(() => lake.stop());

const statement =
  (pattern: RegExp): Hold["matches"] =>
  ({ body }) =>
    pattern.test(body);
const record =
  (operation: string): Hold["matches"] =>
  ({ url }) =>
    url.includes("/checkpoints/serve/commits/") && url.includes(`op=${operation}`);

/** Only the first two of the tables are switched. */
const someTables = (body: string): string => body.split(", ").slice(0, 2).join(", ");

interface Moment {
  readonly service: "clickhouse" | "webhdfs";
  readonly hold: Hold;
}

const moments: Record<string, Moment> = {
  "with no day staged": {
    service: "clickhouse",
    hold: { matches: statement(/^INSERT INTO lake\._staging_gold_facts/), forward: "nothing" },
  },
  "after the changed days were staged": {
    service: "clickhouse",
    hold: { matches: statement(/^INSERT INTO lake\._staging_gold_facts/), forward: "all" },
  },
  "after the table was cloned": {
    service: "clickhouse",
    hold: { matches: statement(/^CREATE TABLE lake\._next_gold_kpi_daily CLONE AS/), forward: "all" },
  },
  "after the clone got its days": {
    service: "clickhouse",
    hold: { matches: statement(/REPLACE PARTITION/), forward: "all" },
  },
  "before any table was switched": {
    service: "clickhouse",
    hold: { matches: statement(/^EXCHANGE TABLES/), forward: "nothing" },
  },
  "after some tables were switched": {
    service: "clickhouse",
    hold: { matches: statement(/^EXCHANGE TABLES/), forward: someTables },
  },
  "after all tables were switched": {
    service: "clickhouse",
    hold: { matches: statement(/^EXCHANGE TABLES/), forward: "all" },
  },
  "before the unchanged tables were noted": {
    service: "clickhouse",
    hold: {
      matches: statement(/^ALTER TABLE lake\.gold_fct_fraud_alerts MODIFY COMMENT/),
      forward: "nothing",
    },
  },
  "with the record half written": {
    service: "webhdfs",
    hold: { matches: record("CREATE"), forward: "all" },
  },
  "before the record was there": {
    service: "webhdfs",
    hold: { matches: record("RENAME"), forward: "nothing" },
  },
  "right after the record": {
    service: "webhdfs",
    hold: { matches: record("RENAME"), forward: "all" },
  },
  "before the old tables were dropped": {
    service: "clickhouse",
    hold: { matches: statement(/^DROP TABLE IF EXISTS lake\._next_gold_facts_hdfs$/), forward: "nothing" },
  },
};

async function leftTables(): Promise<unknown[]> {
  return lake.rows(
    "SELECT name FROM system.tables WHERE database = 'lake' AND match(name, '^_(next|staging)_')",
  );
}

/** Stops serve at the moment, ends it by `signal`; checks that readers lost nothing and that the next serve repairs everything. */
async function endAt({ service, hold }: Moment, signal: NodeJS.Signals): Promise<void> {
  const before = await shownOfAll(lake);
  version += 1;
  const refined = await lake.gold.refine(changes());
  const addresses = { webhdfs: lake.webhdfs, hdfs: lake.hdfs, clickhouse: lake.clickhouse.url };
  const proxy = await HoldingProxy.start(addresses[service]);
  const held = proxy.hold(hold);
  const serve = RunningServe.start({ ...addresses, [service]: proxy.url });
  await held;
  const end = await serve.signal(signal);
  await proxy.stop();
  expect(end).toEqual(signal === "SIGKILL" ? { code: null, signal } : { code: 0, signal: null });

  const between = await shownOfAll(lake);
  expect(await RunningServe.start(addresses, "--once").ended()).toEqual({ code: 0, signal: null });
  await expectServed(lake, lake.gold.state);
  for (const table of goldTables) {
    const states = [before[table.name], await shown(lake, table)];
    for (const path of ["imported", "zeroCopy"] as const)
      expect(states.map((state) => state?.[path])).toContainEqual(between[table.name]?.[path]);
  }
  expect(await leftTables()).toEqual([]);
  const newest = await Journal.of(lake.gold.hdfs, lake.gold.layout, "serve", serveCommit).newest();
  expect(newest).toMatchObject({ goldRun: refined.run, snapshot: refined.snapshot });
}

describe("the next serve brings everything to the newest run after one that was killed", () => {
  test.each(Object.keys(moments))("%s", (moment) => endAt(moments[moment] as Moment, "SIGKILL"));
});

describe("serve ends by itself on SIGTERM, and the next one goes on", () => {
  test.each(["with no day staged", "before any table was switched", "before the record was there"])(
    "%s",
    (moment) => endAt(moments[moment] as Moment, "SIGTERM"),
  );
});
