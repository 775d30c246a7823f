import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { facts, goldDimCustomers, kpiDaily } from "../../../lake/tables/gold";
import type { Publisher } from "../../../jobs/serve/publisher";
import { runBackup } from "../backup/backup-process";
import type { GoldChange } from "../../../testbed/gold-fixture";
import { LakeToServe } from "./lake-to-serve";
import { expectServed, servedSnapshots } from "./served-as-refined";

jest.setTimeout(180_000);

const history = (version: number): GoldChange[] => [
  ...["2026-06-01", "2026-06-02", "2026-06-03"].map((day) => ({ table: facts, day, rows: 30, version })),
  { table: kpiDaily, day: "2026-06-01", rows: 1, version },
  { table: goldDimCustomers, rows: 20, version },
];

const change: GoldChange = { table: facts, day: "2026-06-02", rows: 40, version: 2 };

const backups = mkdtempSync(join(tmpdir(), "backups-"));
let lake: LakeToServe;
let publisher: Publisher;
let said: string[];

beforeAll(async () => {
  lake = await LakeToServe.start(["--backups", backups]);
}, 300_000);

afterAll(async () => {
  await lake.stop();
  rmSync(backups, { recursive: true, force: true });
});

beforeEach(async () => {
  await lake.fresh();
  said = [];
  publisher = await lake.publisher(said);
  await lake.gold.refine(history(1));
  await lake.publish(publisher);
  said.length = 0;
});

function factsLoad(result: Awaited<ReturnType<LakeToServe["publish"]>>): unknown {
  return result?.plan.tables.find(({ table }) => table === facts)?.imported.kind;
}

describe("ClickHouse", () => {
  test("that was wiped is loaded in full, while serve runs", async () => {
    await lake.wipeClickHouse();
    const result = await lake.publish(publisher);
    expect(said).toContain("ClickHouse has lost its tables: they are created again and loaded in full");
    expect(result?.commit).toMatchObject({ publish: 2, goldRun: 0 });
    await expectServed(lake, lake.gold.state);
  });

  test("that was wiped is loaded in full by a serve that starts", async () => {
    await lake.wipeClickHouse();
    expect(factsLoad(await lake.publish(await lake.publisher()))).toBe("full");
    await expectServed(lake, lake.gold.state);
  });

  test("of which a backup was restored is brought on from there by the changed days", async () => {
    const made = await runBackup(lake.clickhouse.url, backups, "make", "--keep", "1");
    const [, name = made.stderr] = /^(lake-\w+): /.exec(made.stdout) ?? [];
    await lake.gold.refine([change]);
    await lake.publish(publisher);
    await lake.wipeClickHouse();
    expect(await runBackup(lake.clickhouse.url, backups, "restore", name)).toMatchObject({ code: 0 });
    expect(await servedSnapshots(lake)).toEqual(["s00000000"]);
    expect(factsLoad(await lake.publish(publisher))).toBe("days");
    await expectServed(lake, lake.gold.state);
  });

  test("whose imported table was damaged is found out by the check, and loaded in full", async () => {
    await lake.client.command({ query: "ALTER TABLE lake.gold_facts DROP PARTITION '2026-06-02'" });
    expect(await lake.publish(publisher)).toBeUndefined();
    expect([...(await publisher.check())]).toEqual([["facts", "zero-copy 90 rows, imported 60"]]);
    expect(factsLoad(await lake.publish(publisher))).toBe("full");
    await expectServed(lake, lake.gold.state);
    expect([...(await publisher.check())]).toEqual([]);
  });

  test("whose imported table holds other values in as many rows is found out too", async () => {
    await lake.client.command({
      query:
        "ALTER TABLE lake.gold_facts UPDATE refunds = refunds + 1 WHERE merchant_id = 'merchant_id-3' SETTINGS mutations_sync = 1",
    });
    expect([...(await publisher.check())]).toEqual([["facts", "90 rows on both paths, other values"]]);
  });

  test.each([
    ["an imported table", "ALTER TABLE lake.gold_facts DROP COLUMN refunds", "refunds is new"],
    [
      "an imported table's type",
      "ALTER TABLE lake.gold_facts MODIFY COLUMN refunds Int32",
      "refunds was Int32, is Int64",
    ],
  ])("with other columns in %s gets the contract's, from the snapshot", async (_, alter, difference) => {
    await lake.client.command({ query: alter });
    expect(factsLoad(await lake.publish(publisher))).toBe("full");
    expect(said).toEqual([`facts is loaded in full: columns differ: ${difference}`]);
    await expectServed(lake, lake.gold.state);
  });

  test("with other columns in a zero-copy table gets the contract's", async () => {
    await lake.client.command({ query: "DROP TABLE lake.gold_facts_hdfs" });
    await lake.client.command({
      query:
        "CREATE TABLE lake.gold_facts_hdfs (merchant_id String) ENGINE = HDFS('hdfs://nowhere:1/*.parquet', 'Parquet')",
    });
    expect(factsLoad(await lake.publish(publisher))).toBe("none");
    await expectServed(lake, lake.gold.state);
  });
});

describe("a lake", () => {
  test("that was rebuilt with the same run numbers is loaded in full", async () => {
    await lake.gold.fresh();
    await lake.gold.refine(history(5));
    await lake.gold.refine([{ ...change, version: 6 }]);
    expect(factsLoad(await lake.publish(publisher))).toBe("full");
    await expectServed(lake, lake.gold.state);
    expect(await servedSnapshots(lake)).toEqual(["s00000001"]);
  });

  test("that is younger than what ClickHouse serves is loaded in full", async () => {
    await lake.gold.refine([change]);
    await lake.publish(publisher);
    await lake.gold.fresh();
    await lake.gold.refine(history(5));
    expect(factsLoad(await lake.publish(publisher))).toBe("full");
    await expectServed(lake, lake.gold.state);
  });

  test("whose serve records were lost gets a new one, and nothing is loaded", async () => {
    await lake.gold.hdfs.remove(lake.gold.layout.commits("serve"));
    const result = await lake.publish(publisher);
    expect(result?.commit).toMatchObject({ publish: 1, goldRun: 0, rows: { facts: 90 } });
    expect(factsLoad(result)).toBe("none");
    await expectServed(lake, lake.gold.state);
  });
});
