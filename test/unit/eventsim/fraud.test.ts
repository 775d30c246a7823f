import { fraudKinds, fraudTruth, type FraudKind } from "../../../lake/fraud";
import type { TransactionEvent } from "../../../lake/events";
import { makeCatalogue } from "../../../jobs/eventsim/catalogue";
import { kilometres } from "../../../jobs/eventsim/customers/world";
import { eventsOf, recordsOf } from "./simulated";

const records = recordsOf({
  users: "2500",
  from: "2026-11-02",
  to: "2026-11-06",
  late: "0.02",
  malformed: "0.02",
});
const transactions = new Map(eventsOf(records, "transaction_events").map((event) => [event.event_id, event]));
const truths = records.flatMap(({ fraud }) => fraud ?? []);
const places = new Map(makeCatalogue().locations.map((row) => [row.location_id, row]));

function frauds(kind: FraudKind): TransactionEvent[] {
  return truths.filter((truth) => truth.kind === kind).map(({ event_id }) => transactions.get(event_id)!);
}

/** Sequences of one customer's frauds, not more than 5 minutes apart. */
function episodes(kind: FraudKind): TransactionEvent[][] {
  const found = new Map<string, TransactionEvent[]>();
  for (const event of frauds(kind)) {
    const key = event.session_id ?? event.event_id;
    found.set(key, [...(found.get(key) ?? []), event]);
  }
  return [...found.values()];
}

test("labels are of purchases that were sent, and say what the purchase says", () => {
  expect(truths.length).toBeGreaterThan(60);
  for (const truth of truths) {
    expect(fraudTruth.parse(truth)).toEqual(truth);
    const { event_id, event_time, customer_id, merchant_id } = transactions.get(truth.event_id)!;
    expect(truth).toMatchObject({ event_id, event_time, customer_id, merchant_id });
    expect(transactions.get(event_id)!.kind).toBe("purchase");
  }
  expect(new Set(truths.map(({ event_id }) => event_id)).size).toBe(truths.length);
});

test("about one purchase in a hundred is fraud, and no kind is rare", () => {
  const purchases = [...transactions.values()].filter(({ kind }) => kind === "purchase").length;
  expect(truths.length / purchases).toBeGreaterThan(0.005);
  expect(truths.length / purchases).toBeLessThan(0.015);
  for (const kind of fraudKinds) expect(frauds(kind).length).toBeGreaterThan(truths.length / 12);
});

test("card testing: small amounts on many cards, one device, one merchant, most declined, within minutes", () => {
  const bursts = episodes("card_testing");
  expect(bursts.length).toBeGreaterThan(3);
  for (const burst of bursts) {
    expect(new Set(burst.map(({ card_id }) => card_id)).size).toBe(burst.length);
    expect(new Set(burst.map(({ device_id }) => device_id)).size).toBe(1);
    expect(new Set(burst.map(({ merchant_id }) => merchant_id)).size).toBe(1);
  }
  const all = bursts.flat();
  expect(all.filter(({ status }) => status === "declined").length / all.length).toBeGreaterThan(0.4);
  expect(Math.max(...bursts.map((burst) => burst.length))).toBeGreaterThanOrEqual(5);
});

test("account takeover: guesses from a new device far away, then a log-in there, then gift cards", () => {
  const auths = eventsOf(records, "auth_events");
  const stories = episodes("account_takeover");
  expect(stories.length).toBeGreaterThan(5);
  let complete = 0;
  for (const [theft] of stories) {
    const own = auths.filter(({ session_id }) => session_id === theft!.session_id);
    const before = auths.filter(
      ({ customer_id, session_id, event_time }) =>
        customer_id === theft!.customer_id &&
        session_id !== theft!.session_id &&
        event_time < theft!.event_time,
    );
    expect(before.map(({ device_id }) => device_id)).not.toContain(theft!.device_id);
    if (own.filter(({ succeeded }) => !succeeded).length >= 3 && own.some(({ succeeded }) => succeeded))
      complete++;
  }
  expect(complete / stories.length).toBeGreaterThan(0.8);
});

test("impossible travel: a card is used far from where its owner was minutes before", () => {
  const visits = eventsOf(records, "page_view_events");
  const far = frauds("impossible_travel");
  const distances = far.map((fraud) => {
    const before = visits.filter(
      ({ customer_id, event_time }) =>
        customer_id === fraud.customer_id &&
        event_time < fraud.event_time &&
        Date.parse(fraud.event_time) - Date.parse(event_time) < 3_600_000,
    );
    const last = before.at(-1);
    return last ? kilometres(places.get(last.location_id)!, places.get(fraud.location_id)!) : undefined;
  });
  const known = distances.filter((distance) => distance !== undefined);
  expect(known.length).toBeGreaterThan(far.length / 2);
  expect(Math.min(...known)).toBeGreaterThan(3000);
});

test("merchant collusion: few merchants, a ring of customers, round high amounts", () => {
  const sales = frauds("merchant_collusion");
  const merchants = new Set(sales.map(({ merchant_id }) => merchant_id));
  expect(merchants.size).toBeLessThanOrEqual(4);
  expect(new Set(sales.map(({ customer_id }) => customer_id)).size).toBeGreaterThan(5);
  const unround = sales.filter(({ amount, currency }) => amount % (currency === "JPY" ? 5000 : 50) !== 0);
  expect(unround).toEqual([]);
});

test("merchant collusion ends in chargebacks", () => {
  const long = recordsOf({ users: "400", from: "2026-11-02", to: "2026-11-22" });
  const colluding = new Set(
    long.flatMap(({ fraud }) => (fraud?.kind === "merchant_collusion" ? [fraud.event_id] : [])),
  );
  const back = eventsOf(long, "transaction_events").filter(({ kind }) => kind === "chargeback");
  const disputed = back.filter(({ original_event_id }) => colluding.has(original_event_id!));
  expect(disputed.length).toBeGreaterThan(colluding.size / 6);
});
