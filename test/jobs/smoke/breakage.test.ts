import { eventTopics } from "../../../lake/events";
import { clickhouseDatabase, clickhouseType, type Table } from "../../../lake/tables";
import { facts } from "../../../lake/tables/gold";
import { fctListens } from "../../../lake/tables/silver-facts";
import type { Hop } from "../../../smoke/hops";
import type { SmokeOptions } from "../../../smoke/options";
import type { CheckResult } from "../../../smoke/outcome";
import { bronzeColumns, quarantineColumns } from "../../../smoke/reading/parquet";
import { buildReport } from "../../../smoke/report";
import { runSmoke } from "../../../smoke/run";
import { publish, startServices, type Services } from "./fixture/services";
import { settledOptions } from "./fixture/settled-options";
import { SmallLake } from "./fixture/small-lake";
import type { LandedRecord } from "./fixture/source";

jest.setTimeout(240_000);

let services: Services;
let lake: SmallLake;
let landed: readonly LandedRecord[];

beforeAll(async () => {
  services = await startServices();
  lake = new SmallLake(services.endpoints);
  landed = await lake.build();
}, 600_000);

afterAll(async () => {
  await lake.close();
  await services.stop();
});

function options(checks: readonly Hop[], changed: Partial<SmokeOptions> = {}): SmokeOptions {
  return settledOptions(services.endpoints, checks, changed);
}

/** Hop, name and message of the checks that failed, and the hops that were not reached. */
function verdict(results: readonly CheckResult[]) {
  return {
    failed: results
      .filter(({ status }) => status === "failed")
      .map(({ hop, name, message }) => `${hop}: ${name}: ${message}`),
    notReached: [...new Set(results.filter(({ status }) => status === "not-reached").map(({ hop }) => hop))],
  };
}

function columnsOf(table: Table): Record<string, string> {
  // Gold's days are a column of its files, silver's are in its folder names.
  const inFolder = table.storage === "append" ? table.partitionedBy : null;
  const inFile = Object.entries(table.columns).filter(([name]) => name !== inFolder);
  return Object.fromEntries(inFile.map(([name, column]) => [name, clickhouseType(column)]));
}

const everyHop = [
  "kafka",
  "bronze",
  "quarantine",
  "silver",
  "gold",
  "zero-copy",
  "imported",
  "agreement",
  "ledger",
  "freshness",
  "loss",
] as const;

describe("a sound lake", () => {
  let results: CheckResult[];

  test("passes every check, each with a figure", async () => {
    const told: CheckResult[] = [];
    results = await runSmoke(options(everyHop), (result) => told.push(result));
    expect(verdict(results)).toEqual({ failed: [], notReached: [] });
    expect(told).toEqual(results);
    expect([...new Set(results.map(({ hop }) => hop))]).toEqual(everyHop);
    for (const { figure } of results) expect(figure).toMatch(/\w/);
  });

  test("is reported with figures that add up", async () => {
    const report = await buildReport({
      options: options(everyHop),
      checks: results,
      secondsToFirstGold: 61.5,
      peakMemoryBytes: null,
    });
    expect(report.ok).toBe(true);
    for (const topic of eventTopics)
      expect(report.topics[topic]).toEqual({
        sent: 27,
        malformed: 1,
        duplicates: 2,
        late: 0,
        kafka: 27,
        bronze: 26,
        quarantine: 1,
        silver: 23,
      });
    const { gold, clickhouse } = report;
    expect(gold.facts.transactions).toBe(18);
    for (const name of ["gold_facts", "gold_facts_hdfs", "gold_kpi_daily", "gold_kpi_daily_hdfs"])
      expect(clickhouse[name]).toMatchObject({ totalAmount: gold.facts.totalAmount });
    expect(report).toMatchObject({ secondsToFirstGold: 61.5, peakMemoryBytes: null });
  });
});

describe("bronze", () => {
  const topic = "listen_events";
  const folder = () => lake.layout.raw("bronze", topic);

  test("a row that is lost is named by its offset, and later hops are not reached", async () => {
    const putBack = await lake.files.keep(folder());
    const lost = "kafka_partition = 1 AND kafka_offset = 2";
    await lake.files.rewriteFirst(folder(), bronzeColumns(topic), `SELECT * FROM {rows} WHERE NOT (${lost})`);
    const { failed, notReached } = verdict(await runSmoke(options(everyHop)));
    await putBack();
    expect(failed).toEqual([
      expect.stringMatching(/^bronze: listen_events: every record exactly once: .*no row of offset 2;/),
    ]);
    expect(notReached).toEqual([
      "silver",
      "gold",
      "zero-copy",
      "imported",
      "agreement",
      "ledger",
      "freshness",
    ]);
  });

  test("a row that is there twice is named by its offset and its files", async () => {
    const putBack = await lake.files.keep(folder());
    const [file = ""] = await lake.files.below(folder());
    await lake.hdfs.write(file.replace("batch-0", "batch-0-again"), await lake.hdfs.read(file));
    const { failed } = verdict(await runSmoke(options(["kafka", "bronze"])));
    await putBack();
    expect(failed).toHaveLength(1);
    expect(failed[0]).toMatch(
      /offset 0 is there 2 times \(.*batch-0-0\.parquet, .*batch-0-again-0\.parquet\)/,
    );
  });

  test("a typed column that is not what the bytes say is named", async () => {
    const putBack = await lake.files.keep(folder());
    const select = "SELECT * REPLACE (toInt32(listened_ms + 1) AS listened_ms) FROM {rows}";
    await lake.files.rewriteFirst(folder(), bronzeColumns(topic), select);
    const { failed } = verdict(await runSmoke(options(["bronze"])));
    await putBack();
    expect(failed).toEqual([
      expect.stringMatching(
        /^bronze: bytes are .*: expected listened_ms of listen_events partition \d offset \d+ to be \d+, .*; got \d+;/,
      ),
    ]);
  });

  test("a column that is missing is named", async () => {
    const putBack = await lake.files.keep(folder());
    await lake.files.rewriteFirst(
      folder(),
      bronzeColumns(topic),
      "SELECT * EXCEPT (ingested_at) FROM {rows}",
    );
    const { failed } = verdict(await runSmoke(options(["bronze"])));
    await putBack();
    expect(failed).toContainEqual(
      expect.stringMatching(/columns are as lake\/ says: .*got ingested_at is missing;/),
    );
  });
});

describe("quarantine", () => {
  const folder = () => lake.layout.raw("quarantine", "auth_events");

  test("a row without a reason is named", async () => {
    const putBack = await lake.files.keep(folder());
    const select = "SELECT * REPLACE ('' AS reason) FROM {rows}";
    await lake.files.rewriteFirst(folder(), quarantineColumns, select);
    const { failed } = verdict(await runSmoke(options(["quarantine"])));
    await putBack();
    expect(failed).toEqual([
      expect.stringMatching(
        /^quarantine: every row has a reason: .*auth_events; got none for 1, .*\(\d,\d+\)/,
      ),
    ]);
  });

  test("bytes that are not Kafka's are found", async () => {
    const putBack = await lake.files.keep(folder());
    const select = "SELECT * REPLACE ('other' AS kafka_value) FROM {rows}";
    await lake.files.rewriteFirst(folder(), quarantineColumns, select);
    const { failed } = verdict(await runSmoke(options(["quarantine"])));
    await putBack();
    expect(failed).toEqual([
      expect.stringMatching(/^quarantine: bytes are Kafka's: .*got 5 bytes in quarantine/),
    ]);
  });

  test("a share over the limit is found", async () => {
    const few = verdict(await runSmoke(options(["quarantine"], { quarantineShare: 0.01 })));
    const putBack = await lake.files.keep(folder());
    const select = "SELECT * EXCEPT (n) FROM (SELECT *, arrayJoin(range(10)) AS n FROM {rows})";
    await lake.files.rewriteFirst(folder(), quarantineColumns, select);
    const many = verdict(await runSmoke(options(["quarantine"], { quarantineShare: 0.01 })));
    await putBack();
    expect(few.failed).toEqual([]);
    expect(many.failed).toContainEqual(
      expect.stringMatching(/at most 1\.00 % of auth_events .*got 27\.78 %: 10 of 36/),
    );
  });
});

describe("silver", () => {
  const folder = () => lake.layout.table("silver", "fct_listens");

  test("an event that is lost is named by its id", async () => {
    const putBack = await lake.files.keep(folder());
    await lake.files.rewriteFirst(
      folder(),
      columnsOf(fctListens),
      "SELECT * FROM {rows} ORDER BY event_id LIMIT 1, 99",
    );
    const { failed, notReached } = verdict(await runSmoke(options(["silver", "gold"])));
    await putBack();
    expect(failed).toEqual([
      expect.stringMatching(
        /^silver: listen_events: .*got 22 rows in fct_listens \(not in silver: e-listen_events-\d+\)/,
      ),
      expect.stringMatching(/26 events of listen_events in bronze .*got 22 in silver, 3 excluded, 0 waiting/),
    ]);
    expect(notReached).toEqual(["gold"]);
  });

  test("an event that is there twice is named by its id", async () => {
    const putBack = await lake.files.keep(folder());
    await lake.files.rewriteFirst(
      folder(),
      columnsOf(fctListens),
      "SELECT * FROM {rows} UNION ALL SELECT * FROM {rows} WHERE event_id = (SELECT min(event_id) FROM {rows})",
    );
    const { failed } = verdict(await runSmoke(options(["silver"])));
    await putBack();
    expect(failed).toEqual([
      expect.stringMatching(/\(more than once: e-listen_events-\d+\)/),
      expect.stringMatching(/26 events of listen_events in bronze .*got 24 in silver, 3 excluded, 0 waiting/),
    ]);
  });
});

describe("gold and ClickHouse", () => {
  test("gold that is off by a cent is named with table and day, though both paths show it", async () => {
    const putBack = await lake.files.keep(lake.layout.table("gold", "facts"));
    await lake.files.rewriteFirst(
      lake.layout.table("gold", "facts"),
      columnsOf(facts),
      "SELECT * REPLACE (total_amount + if(merchant_id = (SELECT min(merchant_id) FROM {rows}), 0.01, 0) AS total_amount) FROM {rows}",
    );
    await lake.commitGold();
    await publish(services.endpoints);
    const { failed, notReached } = verdict(await runSmoke(options(everyHop)));
    await putBack();
    await lake.commitGold();
    await publish(services.endpoints);
    expect(failed).toEqual([
      expect.stringMatching(
        /^gold: money sold is silver's, to the cent: expected [\d.]+ EUR in gold's facts on \d{4}-/,
      ),
    ]);
    expect(notReached).toEqual(["zero-copy", "imported", "agreement", "freshness"]);
  });

  test("a twin that differs fails as imported, and as disagreement", async () => {
    const table = `${clickhouseDatabase}.gold_dim_customers`;
    const row = `SELECT * REPLACE ('c-nobody' AS customer_id) FROM ${table} LIMIT 1`;
    await lake.client.command({ query: `INSERT INTO ${table} ${row}` });
    const whole = verdict(await runSmoke(options(["imported", "agreement"])));
    const alone = verdict(await runSmoke(options(["agreement"])));
    await lake.client.command({
      query: `ALTER TABLE ${table} DELETE WHERE customer_id = 'c-nobody' SETTINGS mutations_sync = 1`,
    });
    expect(whole.failed).toEqual([
      expect.stringMatching(/^imported: gold_dim_customers .*expected 5 rows .*got 6 rows/),
    ]);
    expect(whole.notReached).toEqual(["agreement"]);
    expect(alone.failed).toEqual([expect.stringMatching(/^agreement: dim_customers: .*got 6 rows/)]);
  });

  test("a snapshot that was not published is named", async () => {
    await lake.commitGold();
    const { failed } = verdict(await runSmoke(options(["zero-copy"])));
    await publish(services.endpoints);
    expect(failed).toHaveLength(6);
    expect(failed[0]).toMatch(/expected gold_facts_hdfs to show snapshot s\d+ .*got snapshot s\d+;/);
  });
});

describe("ledger", () => {
  test("a source that says it sent more than there is", async () => {
    await lake.source.publishLedger(landed, (entry) =>
      entry.topic === "auth_events" ? { ...entry, good: entry.good + 1 } : entry,
    );
    const { failed } = verdict(await runSmoke(options(["ledger"])));
    await lake.source.publishLedger(landed);
    expect(failed).toEqual([
      expect.stringMatching(
        /^ledger: auth_events: .*expected \d+ records of auth_events from fixture-1 for bronze: .*; got 26;/,
      ),
      expect.stringMatching(/^ledger: every event hour .*rows of auth_events from fixture-1 in event hour /),
    ]);
  });
});

describe("freshness", () => {
  test("a 95th percentile over the limit is found", async () => {
    const { failed } = verdict(await runSmoke(options(["freshness"], { freshnessSeconds: 0.001 })));
    expect(failed).toEqual([
      expect.stringMatching(/95 % of the last hour's records .*within 0\.001 s; got \d+\.\d s/),
    ]);
  });
});

describe("a lake in which nothing moves", () => {
  test("says for how long records wait", async () => {
    const [first] = landed;
    if (!first) throw new Error("nothing landed");
    const anHourAgo = new Date(Date.now() - 3_600_000);
    await lake.source.believeArrivals(first.topic);
    await lake.source.send([first], anHourAgo);
    const { failed } = verdict(
      await runSmoke(options(["freshness"], { settled: false, triggerSeconds: 10 })),
    );
    expect(failed[0]).toMatch(
      /expected bronze to take \d+ records of \S+ partition \d within 120 s; got it waits for/,
    );
  });

  test("names the probe's first hop that fails, and what waits for bronze", async () => {
    const patient = { settled: false, triggerSeconds: 1, everySeconds: 1 };
    const probed = verdict(await runSmoke(options(["kafka", "probe"], patient)));
    expect(probed.failed).toEqual([
      expect.stringMatching(
        /^probe: bronze has each of them: bronze: no row of listen_events with event_id probe-\S+ \(partition \d offset \d+\): the newest bronze commit is 0 of .*, after \d+ s$/,
      ),
    ]);
    expect(probed.notReached).toEqual(["probe"]);
    const settled = verdict(await runSmoke(options(["bronze"])));
    expect(settled.failed[0]).toMatch(
      /expected bronze to have read listen_events partition \d up to offset \d+, where Kafka ends/,
    );
  });
});
