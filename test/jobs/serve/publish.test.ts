import { Journal } from "../../../jobs/hdfs/journal";
import { serveCommit } from "../../../lake/records";
import { goldTables, type Table } from "../../../lake/tables";
import { facts, fctFraudAlerts, goldDimCustomers, kpiDaily } from "../../../lake/tables/gold";
import type { Publisher } from "../../../jobs/serve/publisher";
import type { GoldChange } from "../../../testbed/gold-fixture";
import { goldRows } from "../../../testbed/gold-rows";
import { LakeToServe } from "./lake-to-serve";
import { expectServed, servedSnapshots, shownOfAll } from "./served-as-refined";

jest.setTimeout(120_000);

const days = Array.from({ length: 8 }, (_, index) => `2026-06-0${index + 1}`);

/** Everything but fraud alerts, of which there are none yet. */
function history(version: number): GoldChange[] {
  return goldTables
    .filter((table) => table !== fctFraudAlerts)
    .flatMap((table) =>
      table.partitionedBy
        ? (table === facts ? days : days.slice(-1)).map((day) => ({ table, day, rows: 30, version }))
        : [{ table, rows: 20, version }],
    );
}

let lake: LakeToServe;
let publisher: Publisher;
let said: string[];

beforeAll(async () => {
  lake = await LakeToServe.start();
}, 300_000);

afterAll(() => lake.stop());

beforeEach(async () => {
  await lake.fresh();
  said = [];
  publisher = await lake.publisher(said);
});

async function published(): Promise<NonNullable<Awaited<ReturnType<Publisher["bringTo"]>>>> {
  const result = await lake.publish(publisher);
  if (!result) throw new Error("nothing was published");
  return result;
}

function loaded(result: Awaited<ReturnType<typeof published>>, table: Table): unknown {
  const load = result.plan.tables.find((planned) => planned.table === table)?.imported;
  return load?.kind === "days" ? load.days : load?.kind;
}

const records = () => Journal.of(lake.gold.hdfs, lake.gold.layout, "serve", serveCommit).readAfter(-1);

describe("a publish", () => {
  test("finds empty tables on both paths before anything is refined, and leaves no record", async () => {
    await expectServed(lake, []);
    expect(await lake.publish(publisher)).toBeUndefined();
    expect(await records()).toEqual([]);
  });

  test("loads all of the first run; a table without any file has no rows on either path", async () => {
    const refined = await lake.gold.refine(history(1));
    const { commit } = await published();
    await expectServed(lake, lake.gold.state);
    expect(commit).toMatchObject({ publish: 1, goldRun: 0, bronzeThrough: 0, snapshot: refined.snapshot });
    expect(commit.rows).toMatchObject({ facts: 240, fct_fraud_alerts: 0, dim_customers: 20 });
    expect(await records()).toEqual([commit]);
    expect(await lake.publish(publisher)).toBeUndefined();
  });

  test("loads the changed days only", async () => {
    await lake.gold.refine(history(1));
    await published();
    await lake.gold.refine([
      { table: facts, day: "2026-06-03", rows: 35, version: 2 },
      { table: facts, day: "2026-06-09", rows: 5, version: 2 },
      { table: fctFraudAlerts, day: "2026-06-03", rows: 2, version: 2 },
      { table: goldDimCustomers, rows: 21, version: 2 },
    ]);
    const second = await published();
    expect(loaded(second, facts)).toEqual(["2026-06-03", "2026-06-09"]);
    expect(loaded(second, fctFraudAlerts)).toEqual(["2026-06-03"]);
    expect(loaded(second, kpiDaily)).toBe("none");
    expect(loaded(second, goldDimCustomers)).toBe("full");
    await expectServed(lake, lake.gold.state);
    expect(await servedSnapshots(lake)).toEqual(["s00000001"]);
  });

  test("takes several runs in one, the newest, with the days of all", async () => {
    await lake.gold.refine(history(1));
    await published();
    await lake.gold.refine([{ table: facts, day: "2026-06-01", rows: 31, version: 2 }]);
    await lake.gold.refine([{ table: facts, day: "2026-06-02", rows: 32, version: 3 }]);
    await lake.gold.refine([{ table: facts, day: "2026-06-02", rows: 33, version: 4 }]);
    const { commit, plan } = await published();
    expect(commit).toMatchObject({ publish: 2, goldRun: 3, bronzeThrough: 30 });
    expect(plan.tables.find(({ table }) => table === facts)?.imported).toEqual({
      kind: "days",
      days: ["2026-06-01", "2026-06-02"],
    });
    await expectServed(lake, lake.gold.state);
  });

  test("empties a day that has lost its rows, by its folder or by a file without rows", async () => {
    await lake.gold.refine(history(1));
    await published();
    const gone: GoldChange = { table: facts, day: "2026-06-02", rows: 0, version: 2 };
    const hollow: GoldChange = { table: facts, day: "2026-06-03", rows: 0, version: 2 };
    await lake.gold.write(gone);
    await lake.gold.write(hollow, goldRows(hollow));
    await lake.gold.commit([gone, hollow]);
    expect((await published()).commit.rows).toMatchObject({ facts: 180 });
    await expectServed(lake, lake.gold.state);
  });

  test("notes a run that changed nothing, so that its snapshot and no older one is named", async () => {
    await lake.gold.refine(history(1));
    await published();
    await lake.gold.refine([]);
    const result = await published();
    expect(new Set(goldTables.map((table) => loaded(result, table)))).toEqual(new Set(["none"]));
    expect(await servedSnapshots(lake)).toEqual(["s00000001"]);
    await expectServed(lake, lake.gold.state);
  });
});

describe("a publish that can't be whole", () => {
  const day = "2026-06-02";
  const change: GoldChange = { table: facts, day, rows: 40, version: 2 };

  /** The old state stays until a later run is complete. */
  async function expectRefused(reason: RegExp): Promise<void> {
    const before = await shownOfAll(lake);
    const commits = await records();
    await expect(lake.publish(publisher)).rejects.toThrow(reason);
    await expect(lake.publish(publisher)).rejects.toThrow(reason);
    expect(await shownOfAll(lake)).toEqual(before);
    expect(await records()).toEqual(commits);
    await lake.gold.refine([{ ...change, version: 3 }]);
    await published();
    await expectServed(lake, lake.gold.state);
  }

  beforeEach(async () => {
    await lake.gold.refine(history(1));
    await published();
  });

  test("is refused for a broken Parquet file, which is named; the next good run mends it", async () => {
    await lake.gold.write(change);
    await lake.gold.hdfs.write(lake.gold.file(change), "PAR1 is not enough");
    await lake.gold.commit([change]);
    await expectRefused(/2026-06-0\d-run-2\.parquet/);
  });

  test("is refused for a Parquet file that was cut short", async () => {
    await lake.gold.write(change);
    const whole = await lake.gold.parquet(goldRows(change));
    await lake.gold.hdfs.write(lake.gold.file(change), whole.subarray(0, Math.floor(whole.length / 2)));
    await lake.gold.commit([change]);
    await expectRefused(/2026-06-0\d-run-2\.parquet/);
  });

  test("is refused for a missing column, instead of zeros", async () => {
    await lake.gold.write(change, goldRows(change, { refunds: undefined }));
    await lake.gold.commit([change]);
    await expectRefused(/NULL.*refunds/s);
  });

  test("is refused for a null where none is allowed, instead of a zero", async () => {
    await lake.gold.write(change, goldRows(change, { refunds: "if(number = 7, NULL, 1)" }));
    await lake.gold.commit([change]);
    await expectRefused(/NULL.*refunds/s);
  });

  test("is refused where ClickHouse reads fewer rows than refine counted", async () => {
    await lake.gold.write(change);
    await lake.gold.commit([change], { rows: { facts: 41 } });
    await expectRefused(/facts: gold's run 1 wrote 41 rows, 40 were read from s00000001/);
  });

  test("is refused where the snapshot is gone", async () => {
    await lake.gold.write(change);
    await lake.gold.commit([change], { snapshot: "s00000077" });
    await expectRefused(/snapshot s00000077 of gold's run 1 is not in \/lake\/gold\/\.snapshot/);
  });

  test("is refused where another serve switched a table meanwhile", async () => {
    await lake.gold.refine([change]);
    const { run, publish } = await publisher.newest();
    const other = await lake.publisher();
    const readRecord = lake.gold.hdfs.readJson.bind(lake.gold.hdfs);
    // Another serve publishes while this one reads the record, after it has read what is served.
    const reading = jest.spyOn(lake.gold.hdfs, "readJson").mockImplementationOnce(async (path) => {
      await lake.publish(other);
      return readRecord(path);
    });
    await expect(publisher.bringTo(run ?? -1, publish)).rejects.toThrow(/switched by another serve/);
    reading.mockRestore();
    await expectServed(lake, lake.gold.state);
  });
});
