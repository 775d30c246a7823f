import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { runFailure } from "../../../lake/records";
import { excludedEvents, goldTables, silverFacts } from "../../../lake/tables";
import { RefinedLakes, type RefinedLake } from "./refined-lake";
import { arrivedOf, simulate } from "../../../testbed/simulated-events";

jest.setTimeout(600_000);

const project = mkdtempSync(join(tmpdir(), "dbt-project-"));
const parsed = mkdtempSync(join(tmpdir(), "parsed-models-"));
/** This project is parsed for this test alone: the cache keeps nothing of it. */
const ofProject = ["--dbt-project", project, "--parsed-models", parsed];
const events = [...simulate({ users: "20", from: "2026-02-01", to: "2026-02-03" })].map(arrivedOf);
const firstDay = events.filter(({ arrivedAt }) => arrivedAt < Date.parse("2026-02-02"));
const secondDay = events.filter(({ arrivedAt }) => arrivedAt >= Date.parse("2026-02-02"));

let lakes: RefinedLakes;
let lake: RefinedLake;

/** Everything that readers see, in both layers. */
async function state(): Promise<Record<string, string[]>> {
  const tables = [...Object.values(silverFacts), ...goldTables];
  const rows: Record<string, string[]> = {};
  for (const table of tables) rows[`${table.layer}.${table.name}`] = await lake.all(table);
  return rows;
}

function addTest(name: string, sql: string): void {
  writeFileSync(join(project, "tests", `${name}.sql`), sql);
}

beforeAll(async () => {
  cpSync(resolve(__dirname, "../../../jobs/dbt"), project, { recursive: true });
  lakes = await RefinedLakes.start();
  [lake] = (await lakes.make(["/lake"])) as [RefinedLake];
  await lake.land(firstDay);
  await lake.refineOnce();
}, 600_000);

afterAll(async () => {
  await lakes.stop();
  for (const folder of [project, parsed]) rmSync(folder, { recursive: true });
});

test("a test of silver that refuses all of it leaves silver and gold as they were, and says why", async () => {
  const before = await state();
  const files = await lake.files(silverFacts.listen_events);
  await lake.land(secondDay);
  addTest("refuses_all", "select 'too many' as trouble from {{ ref('fct_listens') }} limit 1");
  const refine = lake.refine(["--once", ...ofProject]);
  expect(await refine.ended()).toBe(1);
  expect(refine.said.join("\n")).toMatch(
    /silver's run \d+ failed, silver stays as it was: refuses_all[^]*refuses_all: 1 rows, trouble: too many/,
  );
  expect(await state()).toEqual(before);
  expect(await lake.files(silverFacts.listen_events)).toEqual(files);
  const note = runFailure.parse(await lakes.hdfs.readJson(lake.layout.failure("silver")));
  expect(note.failed.map(({ name }) => name)).toEqual(["refuses_all"]);
  rmSync(join(project, "tests", "refuses_all.sql"));
});

test("a run that was given up as HDFS was away is done by the same process, with a claim of its own", async () => {
  const [again] = (await lakes.make(["/again"])) as [RefinedLake];
  await again.land(firstDay);
  const refine = again.refine(["--every", "0.2", "--layers", "silver"], {
    stopAt: "silver: HDFS lost before it is decided",
  });
  await refine.taken(0);
  expect(refine.said.join("\n")).toContain("refine: run given up: ");
  refine.signal("SIGTERM");
  expect(await refine.ended()).toBe(0);
  expect(await again.all(silverFacts.listen_events)).toEqual(await lake.all(silverFacts.listen_events));
});

test("rows that a test refuses are set aside and named, and the rest goes on", async () => {
  const [bad] = secondDay.filter(({ topic }) => topic === "transaction_events");
  const id = bad?.event.event_id ?? "none";
  addTest("refuses_one", `select event_id from {{ ref('fct_transactions') }} where event_id = '${id}'`);
  const refine = await lake.refineOnce([...ofProject, "--layers", "silver"]);
  expect(refine.said.join("\n")).toMatch(new RegExp(`event ${id} is set aside: refuses_one`));
  expect(
    await lake.select(excludedEvents, "SELECT event_id, detail FROM {rows} WHERE reason = 'broken'"),
  ).toEqual([{ event_id: id, detail: "refuses_one" }]);
  const [silver] = await lake.select(
    silverFacts.transaction_events,
    `SELECT countIf(event_id = '${id}') AS refused, uniqExact(event_id) AS others FROM {rows}`,
  );
  const sent = new Set(
    events.filter(({ topic }) => topic === "transaction_events").map(({ event }) => event.event_id),
  );
  expect(silver).toEqual({ refused: 0, others: sent.size - 1 });
  expect(await lakes.hdfs.exists(lake.layout.failure("silver"))).toBe(false);
});

test("a test of gold that fails leaves gold as it was, while silver goes on", async () => {
  rmSync(join(project, "tests", "refuses_one.sql"));
  const published = (await lake.goldRecords()).at(-1);
  const again = events.map((one) => ({
    ...one,
    event: { ...one.event, event_id: `${one.event.event_id}-again` },
    arrivedAt: Date.parse("2026-02-03T06:00:00Z"),
  }));
  const batch = await lake.land(again);
  addTest("refuses_gold", "select 'wrong' as trouble from {{ ref('facts') }} limit 1");
  const refine = lake.refine(["--once", ...ofProject]);
  expect(await refine.ended()).toBe(1);
  expect(refine.said.join("\n")).toContain("gold stays as it was: refuses_gold");
  expect((await lake.goldRecords()).at(-1)).toEqual(published);
  expect((await lake.silverRecords()).at(-1)?.bronzeThrough).toBe(batch);
});

test("what a person has set for a dbt of his own changes nothing, and gold goes on", async () => {
  const published = (await lake.goldRecords()).at(-1);
  const more = events.map((one) => ({
    ...one,
    event: { ...one.event, event_id: `${one.event.event_id}-more` },
    arrivedAt: Date.parse("2026-02-03T07:00:00Z"),
  }));
  await lake.land(more);
  const refine = await lake.refineOnce([], {
    env: { DBT_EMPTY: "true", DBT_TARGET: "prod", DBT_SELECT: "none" },
  });
  const rows = Object.values(refine.silver.at(-1)?.rows ?? {}).reduce((a, b) => a + b, 0);
  expect(rows).toBeGreaterThan(more.length / 2);
  expect(await lakes.hdfs.exists(lake.layout.failure("gold"))).toBe(false);
  expect((await lake.goldRecords()).at(-1)?.events).toBeGreaterThan(
    (published?.events ?? 0) + more.length / 2,
  );
});
