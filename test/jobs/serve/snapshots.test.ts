import { facts } from "../../../lake/tables/gold";
import { Engine } from "../../../jobs/serve/engine";
import { snapshots } from "../../../jobs/serve/gold-source";
import type { Publisher } from "../../../jobs/serve/publisher";
import { SnapshotRetirement } from "../../../jobs/serve/retire-snapshots";
import { LakeToServe } from "./lake-to-serve";

jest.setTimeout(180_000);

const graceSeconds = 60;

let lake: LakeToServe;
let publisher: Publisher;

beforeAll(async () => {
  lake = await LakeToServe.start();
}, 300_000);

afterAll(() => lake.stop());

beforeEach(async () => {
  await lake.fresh();
  publisher = await lake.publisher([], [facts]);
});

function retirement(): SnapshotRetirement {
  return new SnapshotRetirement(
    lake.gold.hdfs,
    new Engine(lake.client),
    lake.gold.layout.layer("gold"),
    graceSeconds,
  );
}

async function refineAndPublish(version: number): Promise<void> {
  await lake.gold.refine([{ table: facts, day: "2026-06-01", rows: 10, version }]);
  await lake.publish(publisher);
}

/** One round, `seconds` seconds from now. */
async function retire(by: SnapshotRetirement, seconds: number): Promise<string[]> {
  const { run, publish } = await publisher.newest();
  return by.run(run ?? -1, publish, Date.now() + seconds * 1000);
}

const left = () => snapshots(lake.gold.hdfs, lake.gold.layout.layer("gold"));

describe("old snapshots", () => {
  test("are deleted when the grace is over, not before, and never the one that tables name", async () => {
    const by = retirement();
    await refineAndPublish(1);
    expect(await retire(by, 10_000)).toEqual([]);
    await refineAndPublish(2);
    expect(await retire(by, 0)).toEqual([]);
    expect(await retire(by, graceSeconds - 10)).toEqual([]);
    expect(await retire(by, graceSeconds + 1)).toEqual(["s00000000"]);
    expect(await retire(by, 100_000)).toEqual([]);
    expect(await left()).toEqual(["s00000001"]);
  });

  test("are deleted after a restart by what the newest record says, without a new grace", async () => {
    await refineAndPublish(1);
    await refineAndPublish(2);
    expect(await retire(retirement(), graceSeconds - 10)).toEqual([]);
    expect(await retire(retirement(), graceSeconds + 1)).toEqual(["s00000000"]);
  });

  test("get a whole grace where the records don't say when they were last named", async () => {
    await refineAndPublish(1);
    await refineAndPublish(2);
    await lake.gold.hdfs.remove(lake.gold.layout.commits("serve"));
    const by = retirement();
    expect(await retire(by, 1000)).toEqual([]);
    expect(await retire(by, 1000 + graceSeconds + 1)).toEqual(["s00000000"]);
  });

  test("are kept while a table of anybody's names one, and for the grace after", async () => {
    const by = retirement();
    await refineAndPublish(1);
    await lake.client.command({
      query: `CREATE TABLE lake.mine (merchant_id String)
              ENGINE = HDFS('${lake.hdfs}/lake/gold/.snapshot/s00000000/facts/*.parquet', 'Parquet')`,
    });
    await refineAndPublish(2);
    expect(await retire(by, 1000)).toEqual([]);
    await lake.client.command({ query: "DROP TABLE lake.mine" });
    expect(await retire(by, 1000 + graceSeconds - 10)).toEqual([]);
    expect(await retire(by, 1000 + graceSeconds + 1)).toEqual(["s00000000"]);
  });

  test("don't take with them the newest run's, though it is not published yet, nor a newer one", async () => {
    const by = retirement();
    await refineAndPublish(1);
    await lake.gold.refine([{ table: facts, day: "2026-06-01", rows: 10, version: 2 }]);
    await lake.gold.hdfs.createSnapshot(lake.gold.layout.layer("gold"), "s00000002");
    expect(await retire(by, 0)).toEqual([]);
    expect(await retire(by, 100_000)).toEqual([]);
    expect(await left()).toEqual(["s00000000", "s00000001", "s00000002"]);
  });

  test("that a person took are left alone", async () => {
    const by = retirement();
    await refineAndPublish(1);
    await lake.gold.hdfs.createSnapshot(lake.gold.layout.layer("gold"), "before-the-migration");
    await refineAndPublish(2);
    expect(await retire(by, graceSeconds + 1)).toEqual(["s00000000"]);
    expect(await left()).toEqual(["before-the-migration", "s00000001"]);
  });
});
