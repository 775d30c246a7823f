import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ledger } from "../../../jobs/eventsim/ledger";
import { atOnce, perSecond, type Pace } from "../../../jobs/eventsim/pace";
import { plan } from "../../../jobs/eventsim/plan";
import type { EventRecord } from "../../../jobs/eventsim/record";
import { run } from "../../../jobs/eventsim/run";
import { FileSink } from "../../../jobs/eventsim/sinks/file";
import { optionsOf, recordsOf, twoDays } from "./simulated";

const faults = { malformed: "0.02", duplicates: "0.02", late: "0.02", tooLate: "0.01" };
const base = { users: "40", growth: "20", ...twoDays, ...faults };
const folder = mkdtempSync(join(tmpdir(), "eventsim-"));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function written(name: string, pace: Pace): Promise<Map<string, string>> {
  const options = optionsOf(base);
  const sink = new FileSink(join(folder, name), options.shard, new Ledger("same"));
  await run(plan(options, options.from!, Date.now).feed, pace, sink);
  await sink.close();
  return new Map(
    readdirSync(join(folder, name)).map((file) => [file, readFileSync(join(folder, name, file), "latin1")]),
  );
}

function line({ topic, key, value, class: kind }: EventRecord): string {
  return [topic, key, kind, value === null ? "null" : Buffer.from(value).toString("base64")].join(" ");
}

test("the same seed, users, time and faults give the same bytes at any speed", async () => {
  const fast = await written("fast", atOnce);
  const paced = await written("paced", perSecond(20_000));
  expect(fast.size).toBe(7);
  expect([...fast.values()].join("").length).toBeGreaterThan(500_000);
  expect(paced).toEqual(fast);
});

test("another seed is another world; another start is the same customers doing other things", () => {
  const all = (given: object) =>
    recordsOf({ ...base, ...faults, malformed: "0", late: "0", tooLate: "0", ...given });
  const ids = (records: readonly EventRecord[]) =>
    new Set(records.map(({ value }) => (JSON.parse(String(value)) as { event_id: string }).event_id));
  const names = (records: readonly EventRecord[]) =>
    new Map(
      records
        .filter(({ topic, value }) => topic === "auth_events" && String(value).includes("first_name"))
        .map(({ key, value }) => {
          const { first_name, last_name, home_location_id } = JSON.parse(String(value)) as Record<
            string,
            string
          >;
          return [key, [first_name, last_name, home_location_id].join(" ")];
        }),
    );
  const first = all({});
  const firstIds = ids(first);
  const otherStart = all({ from: "2026-11-02T06:00:00Z" });
  for (const other of [all({ seed: "2" }), otherStart])
    expect([...ids(other)].filter((id) => firstIds.has(id))).toEqual([]);
  const [known, again] = [names(first), names(otherStart)];
  const both = [...again.keys()].filter((key) => known.has(key));
  expect(both.length).toBeGreaterThan(20);
  expect(both.map((key) => again.get(key))).toEqual(both.map((key) => known.get(key)));
});

test("shards are disjoint, together they are the whole, and each keeps every customer's order", () => {
  const whole = recordsOf(base);
  const parts = [1, 2, 3].map((part) => recordsOf({ ...base, shard: `${part}/3` }));
  expect(parts.every((part) => part.length > whole.length / 6)).toBe(true);
  expect(parts.flat().map(line).sort()).toEqual(whole.map(line).sort());
  const keys = parts.map((part) => [...new Set(part.map(({ key }) => key))]);
  expect(new Set(keys.flat()).size).toBe(keys.flat().length);
  expect(ofCustomers(parts.flat())).toEqual(ofCustomers(whole));
});

/** Each customer's records, in order. */
function ofCustomers(records: readonly EventRecord[]): Map<string, string[]> {
  const lines = new Map<string, string[]>();
  for (const record of records) {
    const own = lines.get(record.key);
    if (own) own.push(line(record));
    else lines.set(record.key, [line(record)]);
  }
  return lines;
}
