import { eventTopics } from "../../../lake/events";
import { makeCatalogue } from "../../../jobs/eventsim/catalogue";
import { activity } from "../../../jobs/eventsim/customers/rhythm";
import { violations } from "./conforms";
import { bytesOf, eventsOf, recordsOf, twoDays } from "./simulated";

const records = recordsOf({ users: "400", growth: "20", ...twoDays });
const catalogue = makeCatalogue();
const events = eventTopics.flatMap((topic) =>
  eventsOf(records, topic).map((event) => ({ topic, event: event })),
);

test("every event conforms to its topic's schema, and every topic has some", () => {
  expect(records.flatMap((record) => violations(record.topic, bytesOf(record)))).toEqual([]);
  for (const topic of eventTopics) expect(eventsOf(records, topic).length).toBeGreaterThan(10);
});

test("ids are unique, and references are rows of the catalogue", () => {
  expect(new Set(events.map(({ event }) => event.event_id)).size).toBe(events.length);
  const songs = new Map(catalogue.songs.map((song) => [song.song_id, song]));
  const wrongListens = eventsOf(records, "listen_events").filter(({ song_id, artist_id, listened_ms }) => {
    const song = songs.get(song_id);
    return song?.artist_id !== artist_id || listened_ms > song.duration_ms;
  });
  expect(wrongListens).toEqual([]);
  const currencies = new Map(catalogue.merchants.map((row) => [row.merchant_id, row.currency]));
  const transactions = eventsOf(records, "transaction_events");
  expect(transactions.filter((event) => currencies.get(event.merchant_id) !== event.currency)).toEqual([]);
  const locations = new Set(catalogue.locations.map((row) => row.location_id));
  expect(events.filter(({ event }) => !locations.has(event.location_id))).toEqual([]);
});

test("records are in the order of time, and so are each customer's", () => {
  const times = records.map(({ eventTime }) => eventTime);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  const last = new Map<string, number>();
  const notAfter = records.filter(({ key, eventTime }) => {
    const before = last.get(key) ?? 0;
    last.set(key, eventTime);
    return eventTime <= before;
  });
  expect(notAfter).toEqual([]);
});

test("levels follow from one another: nobody acts before registering or after leaving", () => {
  const level = new Map<string, string>();
  const contradictions: unknown[] = [];
  let changes = 0;
  for (const { topic, value, key } of records) {
    const event = JSON.parse(String(value)) as Record<string, string>;
    const change = topic === "status_change_events";
    const said = change ? event["level_before"] : event["level"];
    if (said === undefined) continue;
    if (said !== (level.get(key) ?? said) || (event["change"] === "register") !== (said === "none"))
      contradictions.push(event);
    level.set(key, change ? event["level_after"]! : said);
    if (change) changes++;
  }
  expect(contradictions).toEqual([]);
  expect(changes).toBeGreaterThan(20);
});

test("a registration's profile is what later log-ins carry", () => {
  const profile = new Map(
    eventsOf(records, "status_change_events")
      .filter(({ change }) => change === "register")
      .map((event) => [event.customer_id, event]),
  );
  let checked = 0;
  for (const logIn of eventsOf(records, "auth_events")) {
    const registration = profile.get(logIn.customer_id);
    const granted = logIn.succeeded && logIn.action === "login";
    if (granted !== (logIn.first_name !== undefined)) throw new Error(JSON.stringify(logIn));
    if (!registration || logIn.first_name === undefined || logIn.event_time < registration.event_time)
      continue;
    expect(logIn.registered_at).toBe(registration.registered_at);
    expect(registration.registered_at).toBe(registration.event_time);
    expect(logIn.last_name).toBe(registration.last_name);
    checked++;
  }
  expect(checked).toBeGreaterThan(5);
});

test("customers buy from habit: most purchases are at few merchants, with one card, near the usual amount", () => {
  const transactions = eventsOf(records, "transaction_events");
  const purchases = transactions.filter(({ kind }) => kind === "purchase");
  const share = purchases.length / events.length;
  expect(share).toBeGreaterThan(0.03);
  expect(share).toBeLessThan(0.06);
  const declined = purchases.filter(({ status }) => status === "declined").length / purchases.length;
  expect(declined).toBeGreaterThan(0.01);
  expect(declined).toBeLessThan(0.06);
  const unexplained = purchases.filter(
    ({ status, decline_reason }) => (decline_reason !== undefined) !== (status === "declined"),
  );
  expect(unexplained).toEqual([]);
  const byCustomer = new Map<string, typeof purchases>();
  for (const purchase of purchases)
    byCustomer.set(purchase.customer_id, [...(byCustomer.get(purchase.customer_id) ?? []), purchase]);
  const frequent = [...byCustomer.values()].filter((own) => own.length >= 8);
  expect(frequent.length).toBeGreaterThan(20);
  const merchants = frequent.map(
    (own) => new Set(own.map(({ merchant_id }) => merchant_id)).size / own.length,
  );
  expect(merchants.reduce((sum, ratio) => sum + ratio, 0) / merchants.length).toBeLessThan(0.6);
});

test("money that comes back names a purchase that was approved, before it, and is not more than it", () => {
  const long = recordsOf({ users: "150", from: "2026-11-02", to: "2026-11-16" });
  const transactions = eventsOf(long, "transaction_events");
  const purchases = new Map(transactions.map((event) => [event.event_id, event]));
  const returned = transactions.filter(({ kind }) => kind !== "purchase");
  expect(returned.filter(({ kind }) => kind === "refund").length).toBeGreaterThan(10);
  for (const event of returned) {
    const purchase = purchases.get(event.original_event_id!)!;
    expect(purchase).toMatchObject({ kind: "purchase", status: "approved", card_id: event.card_id });
    expect(event.amount).toBeLessThanOrEqual(purchase.amount);
    expect(event.event_time > purchase.event_time).toBe(true);
  }
});

test("people sleep by their own time zone", () => {
  const nightOf = (zone: string, hourUtc: number) => activity(zone, Date.UTC(2026, 10, 3, hourUtc));
  expect(nightOf("Europe/Berlin", 2)).toBeLessThan(nightOf("Europe/Berlin", 18) / 4);
  expect(nightOf("Asia/Tokyo", 18)).toBeLessThan(nightOf("Asia/Tokyo", 10) / 4);
  const summer = activity("America/New_York", Date.UTC(2026, 6, 8, 23));
  const winter = activity("America/New_York", Date.UTC(2026, 0, 8, 0));
  expect(summer).toBeCloseTo(winter, 10);
  const hours = Array.from({ length: 7 * 24 }, (_, hour) =>
    activity("Europe/Paris", Date.UTC(2026, 10, 2, hour)),
  );
  expect(hours.reduce((sum, weight) => sum + weight, 0) / hours.length).toBeCloseTo(1, 1);
});
