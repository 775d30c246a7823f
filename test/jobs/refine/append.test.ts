import { query } from "chdb";
import { eventTopics, type EventTopic } from "../../../lake/events";
import { futureLimitHours, lateLimitDays } from "../../../lake/limits";
import { excludedEvents, silverFacts } from "../../../lake/tables";
import { facts, fctDailySongPlays, goldDimMerchants, kpiDaily } from "../../../lake/tables/gold";
import type { Arrived } from "../../../testbed/bronze-on-hdfs";
import { RefinedLakes, type RefinedLake } from "./refined-lake";
import type { RefineProcess } from "../../../testbed/running-refine";
import { arrivedOf, simulate } from "../../../testbed/simulated-events";

jest.setTimeout(600_000);

const dayMs = 86_400_000;

/** Four days, across the end of a month. */
const events = [
  ...simulate({
    ...{ users: "30", from: "2026-01-30", to: "2026-02-03" },
    ...{ duplicates: "0.03", late: "0.05", tooLate: "0.01" },
  }),
].map(arrivedOf);

function sentIn(from: string, to: string): Arrived[] {
  return events.filter(({ arrivedAt }) => arrivedAt >= Date.parse(from) && arrivedAt < Date.parse(to));
}

function isInTime({ event, arrivedAt }: Arrived): boolean {
  const happenedAt = Date.parse(event.event_time);
  return (
    arrivedAt - happenedAt <= lateLimitDays * dayMs && happenedAt - arrivedAt <= futureLimitHours * 3_600_000
  );
}

let lakes: RefinedLakes;
let lake: RefinedLake;
let refine: RefineProcess;

/** Events of a topic that silver must have: each once, by its day, out of those that arrived in time. */
function accepted(topic: EventTopic): Record<string, number> {
  const days = new Map<string, string>();
  for (const one of lake.landed.flat())
    if (one.topic === topic && isInTime(one) && !days.has(one.event.event_id))
      days.set(one.event.event_id, one.event.event_time.slice(0, 10));
  const counts: Record<string, number> = {};
  for (const day of [...days.values()].sort()) counts[day] = (counts[day] ?? 0) + 1;
  return counts;
}

/** Silver's rows by day; checks that each id occurs once. */
async function inSilver(topic: EventTopic): Promise<Record<string, number>> {
  const days = await lake.select(
    silverFacts[topic],
    "SELECT toString(event_date) AS day, count() AS rows FROM {rows} GROUP BY day ORDER BY day",
  );
  const [ids] = await lake.select(
    silverFacts[topic],
    "SELECT count() AS rows, uniqExact(event_id) AS ids FROM {rows}",
  );
  expect(ids?.ids).toEqual(ids?.rows);
  return Object.fromEntries(days.map(({ day, rows }) => [String(day), Number(rows)]));
}

function like(topic: EventTopic, changes: Readonly<Record<string, unknown>>, arrivedAt: string): Arrived {
  const found = events.find((one) => one.topic === topic);
  if (!found) throw new Error(`nothing was sent to ${topic}`);
  return { ...found, event: { ...found.event, ...changes }, arrivedAt: Date.parse(arrivedAt) };
}

async function excluded(): Promise<Record<string, number>> {
  const rows = await lake.select(
    excludedEvents,
    "SELECT reason, count() AS events FROM {rows} GROUP BY reason",
  );
  return Object.fromEntries(rows.map(({ reason, events: count }) => [String(reason), Number(count)]));
}

beforeAll(async () => {
  lakes = await RefinedLakes.start();
  [lake] = (await lakes.make(["/lake"])) as [RefinedLake];
  refine = lake.refine(["--every", "0.2", "--late-every", "1"]);
}, 600_000);

afterAll(() => lakes.stop());

test("each event that came in time is in silver once, and every other is excluded for a reason", async () => {
  const far = like("page_view_events", { event_id: "far", event_time: "9999-12-31T23:59:59Z" }, "2026-01-31");
  const old = like("page_view_events", { event_id: "old", event_time: "0001-01-01T00:00:00Z" }, "2026-01-31");
  await refine.merged(await lake.land([...sentIn("2026-01-30", "2026-02-01"), far, old]));
  for (const topic of eventTopics) expect([topic, await inSilver(topic)]).toEqual([topic, accepted(topic)]);
  const outOfTime = lake.landed.flat().filter((one) => !isInTime(one)).length;
  const { late = 0, early = 0, copy = 0, ...others } = await excluded();
  expect([late + early, early]).toEqual([outOfTime, 1]);
  expect(outOfTime).toBeGreaterThan(5);
  expect(others).toEqual({});
  const inFacts = eventTopics.flatMap((topic) => Object.values(accepted(topic))).reduce((a, b) => a + b, 0);
  expect(inFacts + outOfTime + copy).toBe(lake.landed.flat().length);
});

test("copies in another batch and what comes late are told apart, and no file of silver is written again", async () => {
  const before = await lake.files(silverFacts.transaction_events);
  const copies = lake.landed
    .flat()
    .filter(({ topic }) => topic === "transaction_events")
    .map((one) => ({ ...one, arrivedAt: Date.parse("2026-02-01T06:00:00Z") }));
  expect(copies.length).toBeGreaterThan(20);
  await refine.merged(await lake.land([...copies, ...sentIn("2026-02-01", "2026-02-02")]));
  for (const topic of eventTopics) expect([topic, await inSilver(topic)]).toEqual([topic, accepted(topic)]);
  const after = await lake.files(silverFacts.transaction_events);
  expect(after).toMatchObject(before);
  expect(Object.keys(after).length).toBeGreaterThan(Object.keys(before).length);
});

test("a table that lists gold's files, with four columns of its own, counts what facts counts", async () => {
  const sums = "count() AS rows, uniqExact(event_date) AS days, round(sum(total_amount), 2) AS amount";
  const files = `${lakes.url}${lake.layout.table("gold", facts.name)}/*.parquet`;
  const columns = "event_date Date, merchant_id String, total_amount Float64, fraud_score Float32";
  const found = query(`SELECT ${sums} FROM hdfs('${files}', 'Parquet', '${columns}')`, "JSONEachRow");
  const [expected] = await lake.select(facts, `SELECT ${sums} FROM {rows}`);
  expect(JSON.parse(found)).toEqual(expected);
  expect(Number(expected?.days)).toBeGreaterThan(1);
});

test("one late event is added to its own day, and no other day of gold is written", async () => {
  const day = "2026-01-31";
  const before = await lake.files(fctDailySongPlays);
  const late = like(
    "listen_events",
    { event_id: "late", event_time: `${day}T12:00:00Z` },
    "2026-02-01T23:00:00Z",
  );
  const ran = await refine.merged(await lake.land([late]));
  const after = await lake.files(fctDailySongPlays);
  const others = Object.entries(before).filter(([path]) => !path.includes(`/${day}-`));
  expect(others.length).toBeGreaterThan(1);
  for (const [path, writtenAt] of others) expect([path, after[path]]).toEqual([path, writtenAt]);
  expect(Object.keys(after).filter((path) => path.includes(`/${day}-`))).toHaveLength(1);
  const { run } = await refine.taken(lake.landed.length - 1);
  const merge = refine.gold.find(({ through }) => through.late >= run);
  expect(merge?.changed).toEqual({ fct_daily_song_plays: [day], kpi_daily: [day] });
  expect(Object.values(ran.changed)).toEqual(["all", "all"]);
  expect(await inSilver("listen_events")).toEqual(accepted("listen_events"));
});

/** They arrive beside the records of the next test, so that both are one run. */
function refusedAndDeclined(): Arrived[] {
  const at = "2026-02-02T10:00:00Z";
  const base = {
    customer_id: "c-refused",
    merchant_id: "m-refused",
    currency: "EUR",
    amount: 40,
    event_time: at,
  };
  const login = { ...base, event_id: "refused", action: "login", succeeded: false };
  const refund = { ...base, event_id: "r", kind: "refund", status: "declined" };
  return [
    like("auth_events", login, "2026-02-02T10:00:01Z"),
    like("transaction_events", refund, "2026-02-02T10:00:02Z"),
  ];
}

test("of one id with two times, or two contents, the first to arrive counts, and the other is seen", async () => {
  const sale = { merchant_id: "m-two", amount: 10, currency: "EUR", kind: "purchase", status: "approved" };
  const at = "2026-02-02T00:00:05Z";
  const twoDays = ["2026-02-01T23:59:59Z", "2026-02-02T00:00:01Z"].map((event_time) =>
    like("transaction_events", { ...sale, event_id: "two-days", event_time }, at),
  );
  const twoAmounts = [10, 7].map((amount) =>
    like("transaction_events", { ...sale, amount, event_id: "two-amounts", event_time: at }, at),
  );
  const { conflict: conflictsBefore = 0 } = await excluded();
  await refine.merged(await lake.land([...twoDays, twoAmounts[0] as Arrived, ...refusedAndDeclined()]));
  // The other record of each id arrives again, in another run.
  await refine.merged(await lake.land([twoDays[1] as Arrived, twoAmounts[1] as Arrived]));
  const kept = await lake.select(
    silverFacts.transaction_events,
    "SELECT event_id, toString(event_date) AS day, toFloat64(amount) AS amount FROM {rows} WHERE merchant_id = 'm-two' ORDER BY event_id",
  );
  expect(kept).toEqual([
    { event_id: "two-amounts", day: "2026-02-02", amount: 10 },
    { event_id: "two-days", day: "2026-02-01", amount: 10 },
  ]);
  expect((await excluded()).conflict).toBe(conflictsBefore + 3);
  const sold =
    "SELECT sum(total_amount) AS amount, sum(transactions) AS sales FROM {rows} WHERE merchant_id = 'm-two'";
  for (const table of [facts, goldDimMerchants])
    expect([table.name, await lake.select(table, sold)]).toEqual([table.name, [{ amount: 20, sales: 2 }]]);
});

test("a refused log-in and a declined refund teach the fraud rules nothing, and no sum takes them in", async () => {
  const [arrived] = await lake.select(
    silverFacts.transaction_events,
    "SELECT count() AS refunds FROM {rows} WHERE merchant_id = 'm-refused'",
  );
  expect(arrived).toEqual({ refunds: 1 });
  const [counted] = await lake.select(
    facts,
    "SELECT sum(refunds) AS refunds, toFloat64(sum(refund_amount)) AS amount FROM {rows} WHERE merchant_id = 'm-refused'",
  );
  expect(counted).toEqual({ refunds: 0, amount: 0 });
  const refunded =
    "SELECT toFloat64(sum(refund_amount)) AS amount FROM {rows} WHERE event_date = '2026-02-02'";
  expect(await lake.select(kpiDaily, refunded)).toEqual(await lake.select(facts, refunded));
});

test("a column that is new reaches silver and gold by a restart, and what is older is read with NULL in it", async () => {
  const day = "2026-02-02";
  const earlier = await inSilver("page_view_events");
  refine.signal("SIGTERM");
  expect(await refine.ended()).toBe(0);
  refine = lake.refine(["--every", "0.2", "--late-every", "1"], {
    script: "refine_with_one_more_column.py",
  });
  const view = like(
    "page_view_events",
    { event_id: "new-column", event_time: `${day}T11:00:00Z`, session_id: "v-new" },
    `${day}T11:00:01Z`,
  );
  await refine.merged(await lake.land([view]));
  const visits = await lake.select(
    silverFacts.page_view_events,
    "SELECT event_id, visit FROM {rows} WHERE visit IS NOT NULL SETTINGS schema_inference_mode = 'union'",
  );
  expect(visits).toEqual([{ event_id: "new-column", visit: "v-new" }]);
  expect(await inSilver("page_view_events")).toEqual({ ...earlier, [day]: (earlier[day] ?? 0) + 1 });
  const views = await lake.select(
    kpiDaily,
    "SELECT toString(event_date) AS day, views = page_views AS same FROM {rows} ORDER BY day SETTINGS schema_inference_mode = 'union'",
  );
  expect(views.filter(({ same }) => same !== null)).toEqual([{ day, same: 1 }]);
  expect(views.length).toBeGreaterThan(3);
});
