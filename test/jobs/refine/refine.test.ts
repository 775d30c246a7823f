import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { makeCatalogue } from "../../../jobs/eventsim/catalogue";
import { publishCatalogue } from "../../../jobs/eventsim/catalogue/publish";
import { eventTopics, type EventTopic } from "../../../lake/events";
import { layout } from "../../../lake/layout";
import { lateLimitDays } from "../../../lake/limits";
import { Journal, refineCommit, refineFailure, type RefineCommit } from "../../../lake/records";
import { goldTables, silverFacts } from "../../../lake/tables";
import { WebHdfs } from "../../../lake/webhdfs";
import { silentProgress } from "../../../local/setup/progress";
import { setUp, type Toolchain } from "../../../local/setup/setup";
import { startHdfs, type RunningHdfs } from "../clickhouse/running-hdfs";
import { BronzeOnHdfs, type Arrived } from "./bronze-on-hdfs";
import { LakeRows } from "./lake-rows";
import { RefineProcess } from "./running-refine";
import { arrivedOf, simulate } from "./simulated-events";

jest.setTimeout(300_000);

const folder = mkdtempSync(join(tmpdir(), "refine-"));
const dayMs = 86_400_000;

const grown = layout("/lake");

/** A currency that the catalogue has no rate of at first, and nobody pays in. */
const unpriced = "SEK";
const catalogue = makeCatalogue();

/** Four days over the end of a month, so that one is closed on the way, and opened again by what comes late. */
const events = [
  ...simulate({
    ...{ users: "30", from: "2026-01-30", to: "2026-02-03" },
    ...{ duplicates: "0.03", late: "0.05", tooLate: "0.01" },
  }),
]
  .map(arrivedOf)
  .filter(({ event }) => event.currency !== unpriced);

function sentIn(from: string, to: string): Arrived[] {
  return events.filter(({ arrivedAt }) => arrivedAt >= Date.parse(from) && arrivedAt < Date.parse(to));
}

/** Everything that was landed. */
const landed: Arrived[][] = [];
let toolchain: Toolchain;
let running: RunningHdfs;
let hdfs: WebHdfs;
let rows: LakeRows;
let bronze: BronzeOnHdfs;
let refine: RefineProcess;

/** @returns the batch's number */
async function land(arrived: readonly Arrived[]): Promise<number> {
  landed.push([...arrived]);
  await bronze.land(arrived);
  return landed.length - 1;
}

async function newestCommit(): Promise<RefineCommit> {
  const [newest] = (await Journal.of(hdfs, grown, "refine", refineCommit).readAfter(-1)).slice(-1);
  if (!newest) throw new Error("refine has published nothing");
  return newest;
}

/** Every table of gold as its readers see it. */
async function published(): Promise<Record<string, string[]>> {
  const { snapshot } = await newestCommit();
  const tables = goldTables.map(
    async ({ name }) => [name, await rows.all(grown.snapshotTable(snapshot, name))] as const,
  );
  return Object.fromEntries(await Promise.all(tables));
}

/** Events of a topic that silver must have: each once, by its day, of those that came in time. */
function accepted(topic: EventTopic): Record<string, number> {
  const ids = landed
    .flat()
    .filter((one) => one.topic === topic)
    .filter(({ event, arrivedAt }) => arrivedAt - Date.parse(event.event_time) <= lateLimitDays * dayMs)
    .map(({ event }) => `${event.event_time.slice(0, 10)} ${event.event_id}`);
  const days = [...new Set(ids)].map((id) => id.slice(0, 10)).sort();
  return Object.fromEntries([...new Set(days)].map((day) => [day, days.filter((one) => one === day).length]));
}

/** What silver has: rows and ids by day. */
async function inSilver(topic: EventTopic): Promise<Record<string, number>> {
  const days = await rows.select(
    grown.table("silver", silverFacts[topic].name),
    "SELECT extract(_path, 'event_date=([^/]+)/') AS day, count() AS rows, uniqExact(event_id) AS ids FROM {rows} GROUP BY day ORDER BY day",
  );
  for (const { rows: count, ids } of days) expect(count).toEqual(ids);
  return Object.fromEntries(days.map(({ day, rows: count }) => [String(day), Number(count)]));
}

beforeAll(async () => {
  toolchain = await setUp({
    root: resolve(__dirname, "../../.."),
    env: process.env,
    progress: silentProgress,
  });
  running = await startHdfs(join(folder, "hdfs"));
  hdfs = new WebHdfs(running.webhdfs);
  rows = new LakeRows(hdfs, running.url);
  bronze = new BronzeOnHdfs(hdfs, [grown.root]);
  const incomplete = catalogue.exchange_rates.filter(({ currency }) => currency !== unpriced);
  await publishCatalogue(hdfs, grown.root, { ...catalogue, exchange_rates: incomplete });
  refine = new RefineProcess(toolchain, running.url + grown.root, ["--every-seconds", "0.2"]);
}, 300_000);

afterAll(async () => {
  refine.signal("SIGKILL");
  await refine.ended();
  await Promise.all([running.namenode.stop(), running.datanode.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

test("each event that came in time is in silver once, and those too late are counted", async () => {
  const ran = await refine.refined(await land(sentIn("2026-01-30", "2026-02-01")));
  for (const topic of eventTopics) expect([topic, await inSilver(topic)]).toEqual([topic, accepted(topic)]);
  const late = landed
    .flat()
    .filter(({ event, arrivedAt }) => arrivedAt - Date.parse(event.event_time) > lateLimitDays * dayMs);
  expect(late.length).toBeGreaterThan(5);
  expect(Object.values(ran.rejected).reduce((sum, count) => sum + count, 0)).toBe(late.length);
});

test("copies in another batch count once, and what comes late is added to its day", async () => {
  const copies = landed
    .flat()
    .filter(({ topic }) => topic === "transaction_events")
    .map((one) => ({ ...one, arrivedAt: Date.parse("2026-02-01T06:00:00Z") }));
  expect(copies.length).toBeGreaterThan(20);
  const ran = await refine.refined(await land([...copies, ...sentIn("2026-02-01", "2026-02-02")]));
  expect(ran.touchedDays).toEqual(expect.arrayContaining(["2026-01-30", "2026-01-31", "2026-02-01"]));
  for (const topic of eventTopics) expect([topic, await inSilver(topic)]).toEqual([topic, accepted(topic)]);
});

test("one late event opens its own day again, and no other is read or written", async () => {
  const day = "2026-01-31";
  const plays = grown.table("gold", "fct_daily_song_plays");
  const before = await rows.files(plays);
  const holding = landed.filter((batch) =>
    batch.some(({ topic, event }) => topic === "listen_events" && event.event_time.startsWith(day)),
  );
  const like = landed
    .flat()
    .find(({ topic, event }) => topic === "listen_events" && event.event_time.startsWith(day));
  if (!like) throw new Error(`nobody listened on ${day}`);
  const late = {
    ...like,
    event: { ...like.event, event_id: "late" },
    arrivedAt: Date.parse("2026-02-01T23:00:00Z"),
  };
  const ran = await refine.refined(await land([late]));
  expect(ran.touchedDays).toEqual([day]);
  expect(ran.files).toEqual({
    ...Object.fromEntries(eventTopics.map((topic) => [topic, 0])),
    listen_events: holding.length + 1,
  });
  const after = await rows.files(plays);
  const others = Object.entries(before).filter(([path]) => !path.includes(`event_date=${day}/`));
  expect(others.length).toBeGreaterThan(1);
  for (const [path, writtenAt] of others) expect([path, after[path]]).toEqual([path, writtenAt]);
  const { changed } = await newestCommit();
  expect(changed).toMatchObject({
    fct_daily_song_plays: [day],
    kpi_daily: [day],
    facts: [],
    fct_fraud_alerts: [],
  });
  expect(await inSilver("listen_events")).toEqual(accepted("listen_events"));
});

test("a test of dbt that fails leaves the last good gold in service, says so, and passes once its cause is gone", async () => {
  const [good, before] = [await newestCommit(), await published()];
  const sale = landed.flat().find(({ topic }) => topic === "transaction_events");
  if (!sale) throw new Error("nobody bought anything");
  // No rate of exchange: its amount in the lake's currency is null, which a test refuses.
  const event = {
    ...sale.event,
    event_id: "unpriced",
    event_time: "2026-02-02T00:30:00Z",
    currency: unpriced,
  };
  const batch = await land([{ ...sale, event, arrivedAt: Date.parse("2026-02-02T00:30:01Z") }]);
  await refine.until(() => refine.said.some((line) => line.includes("tries again in")));
  expect(refine.said.join("\n")).toMatch(
    /run \d+ failed, the last good gold stays in service: conforms_[^]*broken: amount is null, failures: 1/,
  );
  const failure = `${grown.root}/checkpoints/refine/failure.json`;
  const { failed, bronzeThrough } = refineFailure.parse(await hdfs.readJson(failure));
  expect(bronzeThrough).toBe(batch);
  expect(failed.map(({ message }) => message).join("\n")).toContain("amount is null");
  expect(await newestCommit()).toEqual(good);
  expect(await published()).toEqual(before);

  expect(await publishCatalogue(hdfs, grown.root, catalogue)).toEqual(["exchange_rates"]);
  await refine.refined(batch);
  expect(await hdfs.exists(failure)).toBe(false);
  expect((await newestCommit()).bronzeThrough).toBe(batch);
  const converted = await rows.select(
    grown.table("silver", "fct_transactions"),
    "SELECT event_id, amount > 0 AS has_amount FROM {rows} WHERE event_id = 'unpriced'",
  );
  expect(converted).toEqual([{ event_id: "unpriced", has_amount: 1 }]);
});

test("killed among the tables, refine leaves the last good gold; the next start does the run again", async () => {
  refine.signal("SIGTERM");
  expect(await refine.ended()).toBe(0);
  const [good, before] = [await newestCommit(), await published()];
  const batch = await land(sentIn("2026-02-02", "2026-02-04"));
  const killed = new RefineProcess(toolchain, running.url + grown.root, ["--once"], "among the tables");
  expect(await killed.ended()).toBe("SIGKILL");
  expect(await newestCommit()).toEqual(good);
  expect(await published()).toEqual(before);

  const next = new RefineProcess(toolchain, running.url + grown.root, ["--once"]);
  expect(await next.ended()).toBe(0);
  expect((await next.refined(batch)).run).toBe(good.run + 1);
  for (const topic of eventTopics) expect([topic, await inSilver(topic)]).toEqual([topic, accepted(topic)]);
});
