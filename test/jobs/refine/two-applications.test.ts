import { serveCommit } from "../../../lake/records";
import { commitName, snapshotName } from "../../../lake/layout";
import { snapshots } from "../../../jobs/serve/gold-source";
import type { Table } from "../../../lake/tables";
import { refinedTables } from "../../../testbed/lake-rows";
import { RefinedLakes, type RefinedLake } from "./refined-lake";
import type { RefineProcess } from "../../../testbed/running-refine";
import { arrivedOf, simulate } from "../../../testbed/simulated-events";

jest.setTimeout(1_200_000);

/** Two days in two batches. */
const events = [
  ...simulate({
    ...{ users: "30", from: "2026-01-30", to: "2026-02-01" },
    ...{ duplicates: "0.03", late: "0.05" },
  }),
].map(arrivedOf);
const noon = Date.parse("2026-01-31T12:00:00Z");
const batches = [
  events.filter(({ arrivedAt }) => arrivedAt < noon),
  events.filter(({ arrivedAt }) => arrivedAt >= noon),
];

let lakes: RefinedLakes;
let apart: RefinedLake;
let together: RefinedLake;

beforeAll(async () => {
  lakes = await RefinedLakes.start();
  [apart, together] = (await lakes.make(["/apart", "/together"])) as [RefinedLake, RefinedLake];
}, 600_000);

afterAll(() => lakes.stop());

/** Resolves when gold has merged everything of the silver run that processed a batch. */
async function isMerged(batch: number, silver: RefineProcess, gold: RefineProcess): Promise<void> {
  const { run } = await silver.taken(batch);
  await gold.until(() => gold.gold.some(({ through }) => Math.min(...Object.values(through)) >= run));
}

const left = () => snapshots(lakes.hdfs, apart.layout.layer("gold"));

test("silver and gold as an application each make what both in one process make", async () => {
  // Silver rewrites its dimensions every few seconds while gold reads them.
  const silver = apart.refine([...["--layers", "silver", "--every", "0.2", "--dimensions-every", "5"]]);
  const gold = apart.refine(["--layers", "gold", "--every", "0.2", "--late-every", "0.5"], {
    script: "refine_with_few_snapshots.py",
  });
  for (const batch of batches) await isMerged(await apart.land(batch), silver, gold);
  silver.signal("SIGTERM");
  expect(await silver.ended()).toBe(0);
  // Gold has what silver's last run added to its dimensions.
  const [newest] = (await apart.silverRecords()).slice(-1);
  await gold.until(() =>
    gold.gold.some(({ through }) => Math.min(...Object.values(through)) >= (newest?.run ?? 0)),
  );
  gold.signal("SIGTERM");
  expect(await gold.ended()).toBe(0);
  expect([...silver.said, ...gold.said].filter((line) => / failed|given up|stopped/.test(line))).toEqual([]);

  await together.refineOnce();
  for (const table of refinedTables)
    expect([table.name, await apart.all(table)]).toEqual([table.name, await together.all(table)]);
});

test("without serve the snapshots stay few; what serve has published, and what is before it, is serve's", async () => {
  const runs = (await apart.goldRecords()).map(({ run }) => run);
  const newest = runs.at(-1) ?? 0;
  expect(runs.length).toBeGreaterThan(3);
  expect(await left()).toEqual([newest - 1, newest].map(snapshotName));

  const published = serveCommit.parse({
    ...{ step: "serve", publish: 0, startedAt: "2026-02-02T00:00:00Z", committedAt: "2026-02-02T00:00:00Z" },
    ...{ goldRun: newest, bronzeThrough: 0, snapshot: snapshotName(newest), rows: {} },
  });
  await lakes.hdfs.write(
    `${apart.layout.commits("serve")}/${commitName(0)}`,
    Buffer.from(JSON.stringify(published)),
  );
  const again = apart.refine(["--every", "0.2", "--late-every", "0.5"], {
    script: "refine_with_few_snapshots.py",
  });
  const [one] = events;
  if (!one) throw new Error("nothing was sent");
  const later = await apart.land([{ ...one, event: { ...one.event, event_id: "later" } }]);
  await isMerged(later, again, again);
  again.signal("SIGTERM");
  expect(await again.ended()).toBe(0);
  const after = (await apart.goldRecords()).map(({ run }) => run).at(-1) ?? 0;
  expect(after).toBeGreaterThan(newest + 2);
  expect(await left()).toEqual([newest - 1, newest, after - 1, after].map(snapshotName));
});

test("a lake whose records are lost is refused with the way out; built anew, it goes on behind the old snapshots", async () => {
  const before = new Map<Table, string[]>();
  for (const table of refinedTables) before.set(table, await apart.all(table));
  const last = (await apart.goldRecords()).at(-1);
  await lakes.hdfs.remove(apart.layout.commits("silver"));
  const refused = apart.refine(["--once"]);
  expect(await refused.ended()).toBe(1);
  expect(refused.said.at(-1)).toMatch(
    /holds tables, and .* no record of them.*Start once with --full-refresh/,
  );

  await apart.refineOnce(["--full-refresh"]);
  const [first] = await apart.goldRecords();
  expect(first?.run).toBe((last?.run ?? 0) + 1);
  for (const table of refinedTables)
    expect([table.name, await apart.all(table)]).toEqual([table.name, before.get(table)]);
});
