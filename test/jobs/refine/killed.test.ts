import { goldTables, silverFacts } from "../../../lake/tables";
import { facts, fctDailySongPlays, fctFraudAlerts, kpiDaily } from "../../../lake/tables/gold";
import { independentGold } from "./independent-gold";
import { refinedTables } from "../../../testbed/lake-rows";
import { RefinedLakes, type RefinedLake } from "./refined-lake";
import { arrivedOf, simulate } from "../../../testbed/simulated-events";

jest.setTimeout(2_400_000);

/** Where one batch ends and the next begins: across midnights, a leap day and the end of a month. */
const first = Date.parse("2028-02-28");
const cuts = [...Array(6).keys()].map((index) => first + index * 10 * 3_600_000);
const end = Date.parse("2028-03-04");
const events = [
  ...simulate({
    ...{ users: "40", from: "2028-02-28", to: "2028-03-02" },
    ...{ duplicates: "0.03", late: "0.05", tooLate: "0.01" },
  }),
].map(arrivedOf);
const batches = cuts.map((from, index) => {
  const to = cuts[index + 1] ?? end;
  return events.filter(({ arrivedAt }) => arrivedAt >= from && arrivedAt < to);
});

/**
 * In the order of a run, so that each start finds what the previous one left. Both layers commit with the same code, so each point
 * is tried with one of them; `between moves`, where a layer is half changed, with both.
 */
const killPoints = [
  "silver: staged",
  "silver: between moves",
  "gold: decided",
  "gold: between moves",
  "gold: before the snapshot",
];

let lakes: RefinedLakes;
let grown: RefinedLake;
let atOnce: RefinedLake;

beforeAll(async () => {
  lakes = await RefinedLakes.start();
  [grown, atOnce] = (await lakes.make(["/grown", "/at-once"])) as [RefinedLake, RefinedLake];
}, 600_000);

afterAll(() => lakes.stop());

/** No row is duplicated, in silver's live files and in gold's newest snapshot. */
async function requireNoneTwice(point: string): Promise<void> {
  for (const table of [...Object.values(silverFacts), ...goldTables]) {
    const key = table.key.join(", ");
    const [counts] = await grown.select(
      table,
      `SELECT count() AS rows, uniqExact(${key}) AS keys FROM {rows}`,
    );
    expect([point, table.name, counts?.keys]).toEqual([point, table.name, counts?.rows]);
  }
}

test("killed at each point of a run, and brought on batch by batch, a lake is what comes of all at once", async () => {
  let next = 0;
  for (const point of killPoints) {
    // The next start finishes what was decided, so each kill point needs its own rows.
    await grown.land(batches[next++] ?? []);
    const layers = point.startsWith("silver") ? "silver" : "silver,gold";
    const killed = grown.refine(["--once", "--layers", layers], {
      stopAt: point,
      // Here its JVM is killed, too. At the other points Python alone is: the JVM has nothing to do there.
      ownJvm: point === "silver: between moves",
    });
    const ended = await killed.ended();
    expect([point, ended]).toEqual([point, "SIGKILL"]);
    await requireNoneTwice(point);
  }
  while (next < batches.length) await grown.land(batches[next++] ?? []);
  await grown.refineOnce();

  await atOnce.refineOnce();
  for (const table of refinedTables) {
    const whole = await atOnce.all(table);
    expect([table.name, await grown.all(table)]).toEqual([table.name, whole]);
    expect([table.name, whole.length > 0]).toEqual([table.name, true]);
  }
});

test("gold is what another engine works out from bronze's files by SQL of its own", async () => {
  const expected = await independentGold(lakes.hdfs, lakes.rows, atOnce.layout);
  expect(expected.alerts.length).toBeGreaterThan(0);
  const cents = (column: string) => `toInt64(round(${column} * 100)) AS ${column}`;
  const day = "toString(event_date) AS event_date";
  const got = {
    facts: await atOnce.select(
      facts,
      `SELECT ${day}, merchant_id, transactions, declined, customers, ${cents("total_amount")}, refunds, ${cents("refund_amount")},
         chargebacks, ${cents("chargeback_amount")}, fraud_alerts, toInt64(fraud_score_sum * 100000000) AS fraud_score_sum
       FROM {rows} ORDER BY event_date, merchant_id`,
    ),
    kpiDaily: await atOnce.select(
      kpiDaily,
      `SELECT ${day}, events, active_customers, free_customers, sessions, listens, toInt64(round(listened_hours * 3600000)) AS listened_ms,
         page_views, logins, failed_logins, registrations, upgrades, downgrades, cancellations, purchases, transactions,
         ${cents("revenue")}, ${cents("refund_amount")}, ${cents("chargeback_amount")}, fraud_alerts
       FROM {rows} ORDER BY event_date`,
    ),
    songPlays: await atOnce.select(
      fctDailySongPlays,
      `SELECT ${day}, song_id, plays, listeners, toInt64(round(listened_seconds * 1000)) AS listened_ms, skips
       FROM {rows} ORDER BY event_date, song_id`,
    ),
    alerts: await atOnce.select(
      fctFraudAlerts,
      `SELECT ${day}, event_id FROM {rows} ORDER BY event_date, event_id`,
    ),
  };
  const numbers = (rows: readonly Readonly<Record<string, unknown>>[]) =>
    rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value,
        ]),
      ),
    );
  for (const table of ["facts", "kpiDaily", "songPlays", "alerts"] as const)
    expect([table, numbers(got[table])]).toEqual([table, expected[table]]);
});

test("one that was held while another took over changes nothing when it wakes up", async () => {
  const inTime = events.filter(({ event }) => event.event_time >= "2028-03-01T12").slice(0, 300);
  const later = inTime.map((one) => ({
    ...one,
    event: { ...one.event, event_id: `${one.event.event_id}-later` },
    arrivedAt: Date.parse("2028-03-03T06:00:00Z"),
  }));
  await grown.land(later);
  const held = grown.refine(["--once", "--layers", "silver"], {
    stopAt: "silver: held before it is decided",
  });
  await held.until(() => held.isHeld);
  await grown.refineOnce(["--layers", "silver"]);
  const [silver, gold] = [await grown.silverRecords(), await grown.goldRecords()];
  held.signal("SIGCONT");
  expect(await held.ended()).toBe(1);
  expect(held.said.at(-1)).toContain("another silver application has taken over");
  expect([await grown.silverRecords(), await grown.goldRecords()]).toEqual([silver, gold]);
  await requireNoneTwice("held");
});
