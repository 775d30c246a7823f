import { makeCatalogue } from "../../../jobs/eventsim/catalogue";
import { goldTables, silverFacts } from "../../../lake/tables";
import { facts, goldDimCustomers, goldDimMerchants, kpiDaily } from "../../../lake/tables/gold";
import type { Arrived } from "../../../testbed/bronze-on-hdfs";
import { RefinedLakes, type RefinedLake } from "./refined-lake";
import type { RefineProcess } from "../../../testbed/running-refine";
import { arrivedOf, simulate } from "../../../testbed/simulated-events";

jest.setTimeout(600_000);

/** A currency for which the catalogue has no rate at first. */
const unpriced = "SEK";
const catalogue = makeCatalogue();
const withoutRates = {
  ...catalogue,
  exchange_rates: catalogue.exchange_rates.filter(({ currency }) => currency !== unpriced),
};

const [sample] = [...simulate({ users: "10", from: "2026-02-02", to: "2026-02-03" })]
  .map(arrivedOf)
  .filter(({ topic }) => topic === "transaction_events");

function sale(id: string, currency: string, at: string, amount = 100): Arrived {
  if (!sample) throw new Error("nobody bought anything");
  const event = {
    ...sample.event,
    ...{
      event_id: id,
      event_time: at,
      merchant_id: "m-rates",
      customer_id: "c-rates",
      original_event_id: undefined,
    },
    ...{ kind: "purchase", status: "approved", decline_reason: undefined, amount, currency },
  };
  return { topic: "transaction_events", event, arrivedAt: Date.parse(at) + 1000 };
}

let lakes: RefinedLakes;
let lake: RefinedLake;
let refine: RefineProcess;

async function inSilver(): Promise<Record<string, number>> {
  const rows = await lake.select(
    silverFacts.transaction_events,
    "SELECT event_id, toFloat64(amount) AS amount FROM {rows} ORDER BY event_id",
  );
  return Object.fromEntries(rows.map(({ event_id, amount }) => [String(event_id), Number(amount)]));
}

/** Amounts sold, from everywhere in gold that has them. */
async function inGold(): Promise<Record<string, number>> {
  const figures: Record<string, number> = {};
  for (const [table, column] of [
    [facts, "total_amount"],
    [kpiDaily, "revenue"],
    [goldDimMerchants, "total_amount"],
    [goldDimCustomers, "total_amount"],
  ] as const) {
    const [row] = await lake.select(table, `SELECT round(sum(${column}), 2) AS amount FROM {rows}`);
    figures[`${table.name}.${column}`] = Number(row?.amount ?? 0);
  }
  return figures;
}

function rateOf(currency: string, day: string, rates: typeof catalogue.exchange_rates): number {
  const known = rates.filter((one) => one.currency === currency && one.rate_date <= day);
  return known.sort((a, b) => (a.rate_date < b.rate_date ? 1 : -1))[0]?.rate ?? Number.NaN;
}

const cents = (amount: number) => Math.round(amount * 100 + 1e-6) / 100;

beforeAll(async () => {
  lakes = await RefinedLakes.start();
  [lake] = (await lakes.make(["/lake"], withoutRates)) as [RefinedLake];
  refine = lake.refine(["--every", "0.2", "--late-every", "1", "--dimensions-every", "1"]);
}, 600_000);

afterAll(() => lakes.stop());

test("transactions in a currency without any rate wait, and all others go on", async () => {
  const at = "2026-02-02T10:00:00Z";
  const batch = await lake.land([
    sale("euros", "EUR", at),
    sale("waits", unpriced, at),
    sale("dollars", "USD", at),
  ]);
  const ran = await refine.taken(batch);
  expect(ran).toMatchObject({ waiting: 1, excluded: {} });
  await refine.merged(batch);
  expect(Object.keys(await inSilver())).toEqual(["dollars", "euros"]);
  // Listing a table without rows finds a folder.
  for (const { layer, name } of goldTables)
    expect([name, await lakes.hdfs.exists(lake.layout.table(layer, name))]).toEqual([name, true]);
});

test("they go on when their rate is there, and a copy that comes later is a copy", async () => {
  const copy = sale("waits", unpriced, "2026-02-02T10:00:00Z");
  const batch = await lake.land([{ ...copy, arrivedAt: copy.arrivedAt + 60_000 }]);
  expect((await refine.taken(batch)).waiting).toBe(2);
  expect(await lake.publish(catalogue)).toEqual(["exchange_rates"]);
  await refine.until(() => refine.silver.at(-1)?.waiting === 0);
  const expected = cents(100 * rateOf(unpriced, "2026-02-02", catalogue.exchange_rates));
  expect((await inSilver()).waits).toBe(expected);
  expect(refine.silver.at(-1)?.excluded).toEqual({ transaction_events: { copy: 1 } });
});

test("a rate that comes late, or is corrected, reaches days that no event touches", async () => {
  const day = "2026-02-02";
  const corrected = {
    ...catalogue,
    exchange_rates: [
      ...catalogue.exchange_rates.filter((one) => !(one.currency === "USD" && one.rate_date === day)),
      { currency: "USD" as const, rate_date: day, rate: 0.5 },
    ],
  };
  const before = await inSilver();
  await lake.publish(corrected);
  await refine.until(() => refine.said.some((line) => line.includes(`amounts of ${day} are corrected`)));
  const newest = await refine.until(() => {
    const [silver, gold] = [refine.silver.at(-1), refine.gold.at(-1)];
    return silver && gold && Math.min(...Object.values(gold.through)) > silver.run ? gold : undefined;
  });
  expect(newest.run).toBeGreaterThan(0);
  const after = await inSilver();
  expect(after).toEqual({ ...before, dollars: 50 });
  const sum = cents(Object.values(after).reduce((a, b) => a + b, 0));
  for (const [figure, amount] of Object.entries(await inGold()))
    expect([figure, amount]).toEqual([figure, sum]);
});

test("a topic that was made anew has the same offsets again, and each of its records is judged by itself", async () => {
  const at = "2026-02-02T12:00:00Z";
  const before = await inSilver();
  const earlier = refine.silver.length;
  refine.signal("SIGSTOP");
  const switches: number[] = [];
  for (const id of ["first", "second"]) {
    switches.push(await lake.readAnew("transaction_events"));
    // Both are at the same offset: a copy, which is excluded, and an event, which is not.
    await lake.land([sale("euros", "EUR", "2026-02-02T10:00:00Z"), sale(id, "EUR", at)]);
  }
  refine.signal("SIGCONT");
  await refine.taken(lake.landed.length - 1);
  expect(await inSilver()).toEqual({ ...before, first: 100, second: 100 });
  const excluded = refine.silver.slice(earlier).map((run) => run.excluded.transaction_events?.copy ?? 0);
  expect(excluded.reduce((sum, copies) => sum + copies, 0)).toBe(2);
  const ends = refine.silver.map(({ bronzeThrough }) => bronzeThrough);
  expect(ends).toContain((switches[1] ?? 0) - 1);
});
