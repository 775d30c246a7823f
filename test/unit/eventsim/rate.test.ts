import { makeCatalogue } from "../../../jobs/eventsim/catalogue";
import { personTempo, tempoForRate } from "../../../jobs/eventsim/customers/tempo-for-rate";
import { World } from "../../../jobs/eventsim/customers/world";
import { perSecond, whenDue } from "../../../jobs/eventsim/pace";
import { plan } from "../../../jobs/eventsim/plan";
import { runName, Simulation } from "../../../jobs/eventsim/simulation";
import { eventsOf, optionsOf, realStart, recordsOf } from "./simulated";

const world = new World(makeCatalogue(), 1);
const shares = { malformed: "0.02", duplicates: "0.05", late: "0.02" };

/** Events per second of simulated time over some time, without a schedule; and the rate that the tempo promises. */
function virtualRates(users: number, rate: number, seconds: number): { got: number; promised: number } {
  const tempo = tempoForRate(world, users, rate);
  const common = { world, tempo, seed: 1, from: realStart, run: runName(1, realStart) };
  const simulation = new Simulation({ ...common, users, growth: 0, shard: { part: 1, of: 1 } });
  let events = 0;
  for (; simulation.due < realStart + seconds * 1000; events++) simulation.next();
  return { got: events / seconds, promised: rate / tempo.compression };
}

test.each([
  ["always there, and faster than people", 2000, 200, 900],
  ["with pauses between visits", 10_000, 50, 900],
  ["seldom there", 40_000, 20, 1500],
])("customers %s make the rate by themselves", (_, users, rate, seconds) => {
  const { got, promised } = virtualRates(users, rate, seconds);
  expect(got / promised).toBeGreaterThan(0.94);
  expect(got / promised).toBeLessThan(1.06);
});

test("in real time each window of 30 s holds the records asked for, copies and malformed ones among them", () => {
  const records = recordsOf({ rate: "100", for: "120", ...shares });
  const inTime = records.filter(({ time }) => time < realStart + 120_000);
  for (let start = 0; start <= 90; start += 5) {
    const from = realStart + start * 1000;
    const sent = inTime.filter(({ time }) => time >= from && time < from + 30_000).length;
    // A copy's own time is slightly before the moment at which it is sent.
    expect(Math.abs(sent - 3000)).toBeLessThan(3000 * 0.05);
  }
  expect(records.length).toBeGreaterThanOrEqual(12_000);
  expect(records.length).toBeLessThan(12_000 * 1.03);
});

test("there is no burst of log-ins at the start", () => {
  const logIns = eventsOf(recordsOf({ rate: "500", for: "60" }), "auth_events").filter(
    ({ action, succeeded }) => action === "login" && succeeded,
  );
  const firstTen = logIns.filter(({ event_time }) => Date.parse(event_time) < realStart + 10_000).length;
  expect(logIns.length).toBeGreaterThan(400);
  expect(firstTen).toBeLessThan((logIns.length / 6) * 1.6);
});

test("no event is dated after the moment at which it is sent", () => {
  const { feed } = plan(optionsOf({ rate: "200", for: "30", ...shares }), realStart, () => realStart);
  for (let index = 0; !feed.over; index++) {
    const sentAt = realStart + (index * 1000) / 200;
    expect(feed.due).toBeLessThanOrEqual(sentAt);
    expect(feed.next()!.eventTime).toBeLessThanOrEqual(sentAt);
  }
});

test("too few customers for the rate is said in one line, with what it means", () => {
  const said = plan(optionsOf({ rate: "2000", users: "1000", for: "1" }), realStart, () => realStart).remarks;
  expect(said).toEqual([
    expect.stringMatching(
      /^with 1,000 customers, 2,000 events\/s means each acts 1\d\d\.\d times as fast as a person$/,
    ),
  ]);
  expect(plan(optionsOf({ rate: "1", users: "1000", for: "1" }), realStart, () => realStart).remarks).toEqual(
    [],
  );
});

test("people's own tempo has days and nights and some visits a week", () => {
  const tempo = personTempo(world);
  expect(tempo).toMatchObject({ rhythm: true, compression: 1 });
  const visitsPerDay = 86_400_000 / (tempo.gapMs + tempo.sessionMs);
  expect(visitsPerDay).toBeGreaterThan(0.5);
  expect(visitsPerDay).toBeLessThan(4);
});

test("shards share the rate by their customers", () => {
  const parts = [1, 2].map((part) =>
    recordsOf({ rate: "100", users: "1000", for: "30", shard: `${part}/2` }),
  );
  expect(parts.map((part) => part.length)).toEqual([1500, 1500]);
  const customers = parts.map((part) => new Set(part.map(({ key }) => key)));
  expect([...customers[0]!].filter((key) => customers[1]!.has(key))).toEqual([]);
});

test("a pace says when the next record may go", () => {
  const { feed } = plan(optionsOf({ rate: "10", for: "1" }), realStart, () => realStart);
  expect(perSecond(1000, Date.now() - 1000)(feed)).toBe(true);
  expect(perSecond(1000, Date.now() + 60_000)(feed)).toBe(false);
  expect(whenDue(feed)).toBe(feed.due <= Date.now());
});
