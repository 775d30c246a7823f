import { lateLimitDays } from "../../../lake/limits";
import { malformedKind, malformedKinds, malformedValue } from "../../../jobs/eventsim/faults/malformed";
import type { Draft } from "../../../jobs/eventsim/customers/customer";
import type { EventRecord } from "../../../jobs/eventsim/record";
import { violations } from "./conforms";
import { bytesOf, expectShare, recordsOf, textOf, twoDays } from "./simulated";

const users = { users: "250", growth: "0", ...twoDays };
const clean = recordsOf(users);
const dayMs = 86_400_000;

function count(records: readonly EventRecord[], kind: EventRecord["class"]): number {
  return records.filter((record) => record.class === kind).length;
}

test("without faults every record is good and in time", () => {
  expect(clean.every((record) => record.class === "good" && !record.late)).toBe(true);
});

test("malformed records come in the share asked for, instead of the event, and none of them conforms", () => {
  const records = recordsOf({ ...users, malformed: "0.1" });
  expect(records).toHaveLength(clean.length);
  expectShare(count(records, "malformed"), 0.1, clean.length);
  const malformed = records.filter((record) => record.class === "malformed");
  const good = records.filter((record) => record.class === "good");
  expect(malformed.filter((record) => violations(record.topic, bytesOf(record)).length === 0)).toEqual([]);
  expect(good.filter((record) => violations(record.topic, bytesOf(record)).length > 0)).toEqual([]);
  const goodInClean = new Set(clean.map(({ value }) => String(value)));
  expect(good.filter(({ value }) => !goodInClean.has(String(value)))).toEqual([]);
  expect(records.map(({ key }) => key)).toEqual(clean.map(({ key }) => key));
});

test("every kind of malformed value is what its name says, in every topic", () => {
  const samples = [...new Map(clean.map((record) => [record.topic, record])).values()];
  expect(samples).toHaveLength(5);
  for (const { topic, value } of samples)
    for (const kind of malformedKinds)
      for (const draw of [0, 0.3, 0.6, 0.999]) {
        const event = JSON.parse(String(value)) as Draft["event"];
        const draft: Draft = { topic, event, customer: 0, sequence: 0, time: 0, fraud: undefined };
        const bytes = malformedValue(draft, kind, draw);
        const found = violations(topic, bytes);
        expect([topic, kind, found]).toEqual([topic, kind, [expect.any(String)]]);
        if (kind === "tombstone") expect(bytes).toBeNull();
        if (kind === "empty") expect(bytes).toHaveLength(0);
        if (kind === "truncated_json") expect(found).toEqual(["not JSON"]);
        if (kind === "invalid_utf8") expect(found).toEqual(["not UTF-8"]);
        if (kind === "oversized") {
          expect(bytes!.length).toBeGreaterThan(900_000);
          expect(bytes!.length).toBeLessThan(1_000_000);
        }
      }
});

test("large values are rare, the other kinds equally frequent", () => {
  const draws = Array.from({ length: 10_000 }, (_, index) => malformedKind(index / 10_000));
  const of = (kind: (typeof malformedKinds)[number]) => draws.filter((drawn) => drawn === kind).length;
  expect(of("oversized")).toBeLessThanOrEqual(100);
  expect(of("oversized")).toBeGreaterThan(0);
  for (const kind of malformedKinds.filter((each) => each !== "oversized"))
    expect(of(kind)).toBeGreaterThan(1300);
});

test("duplicates are copies byte for byte, up to 30 s after the original", () => {
  const records = recordsOf({ ...users, duplicates: "0.1" });
  const originalsSent = records.filter((record) => record.class === "good");
  expect(originalsSent.map(({ value }) => textOf(value))).toEqual(clean.map(({ value }) => textOf(value)));
  expectShare(count(records, "duplicate"), 0.1, clean.length);
  const originals = new Map<string, EventRecord>();
  const delays: number[] = [];
  for (const record of records) {
    const text = `${record.topic} ${String(record.value)}`;
    if (record.class === "good") originals.set(text, record);
    else delays.push(record.time - (originals.get(text)?.time ?? NaN));
  }
  expect(Math.min(...delays)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...delays)).toBeLessThan(30_000);
});

test("late events are dated back within the limit, events that are too late beyond it; both stay in their place", () => {
  const records = recordsOf({ ...users, late: "0.1", tooLate: "0.05" });
  expect(records.map(({ time }) => time)).toEqual(clean.map(({ time }) => time));
  const back = records.filter(({ late }) => late).map(({ time, eventTime }) => time - eventTime);
  const tooLate = back.filter((ms) => ms > lateLimitDays * dayMs);
  const late = back.filter((ms) => ms <= lateLimitDays * dayMs);
  expectShare(tooLate.length, 0.05, clean.length);
  expectShare(late.length, 0.1, clean.length);
  expect(Math.min(...late)).toBeGreaterThanOrEqual(60_000);
  expect(Math.max(...late)).toBeLessThanOrEqual(2 * dayMs);
  expect(Math.max(...tooLate)).toBeLessThan(30 * dayMs);
  const wrong = records.filter(
    ({ value, eventTime }) =>
      Date.parse((JSON.parse(String(value)) as { event_time: string }).event_time) !== eventTime,
  );
  expect(wrong).toEqual([]);
});

test("a larger share adds faults and takes none away: an event always fares the same", () => {
  const bad = (malformed: string) =>
    recordsOf({ ...users, malformed }).flatMap((record, index) =>
      record.class === "malformed" ? [index] : [],
    );
  const few = bad("0.02");
  const many = new Set(bad("0.05"));
  expect(few.length).toBeGreaterThan(50);
  expect(few.filter((index) => !many.has(index))).toEqual([]);
});
