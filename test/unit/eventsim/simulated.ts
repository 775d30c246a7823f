import type { Events, EventTopic } from "../../../lake/events";
import { checkRunOptions } from "../../../jobs/eventsim/options";
import { plan } from "../../../jobs/eventsim/plan";
import type { EventRecord } from "../../../jobs/eventsim/record";

const defaults = {
  seed: "1",
  malformed: "0",
  duplicates: "0",
  late: "0",
  tooLate: "0",
  growth: "0.2",
  sink: "stdout",
  kafkaMechanism: "scram-sha-512",
  shard: "1/1",
  progress: false,
};

/** Virtual time: Monday and Tuesday of one week. */
export const twoDays = { from: "2026-11-02", to: "2026-11-04" };

/** Options as the command line would give them. */
export function optionsOf(given: Readonly<Record<string, unknown>>) {
  return checkRunOptions({ ...defaults, ...given });
}

/** Start of real time in tests. */
export const realStart = Date.UTC(2026, 10, 22, 17);

/** All records of a run, without waiting for their time. */
export function recordsOf(given: Readonly<Record<string, unknown>>): EventRecord[] {
  const options = optionsOf(given);
  const { feed } = plan(options, options.from ?? realStart, () => realStart);
  const records: EventRecord[] = [];
  for (let record = feed.next(); record; record = feed.next()) records.push(record);
  return records;
}

/** A value's bytes. */
export function bytesOf({ value }: EventRecord): Buffer | null {
  return value === null ? null : Buffer.from(value);
}

/** One character per byte: jest compares strings a thousand times as fast as buffers. */
export function textOf(value: Buffer | string | null): string {
  return value === null ? "null" : Buffer.from(value).toString("base64");
}

/** The good events of one topic. */
export function eventsOf<T extends EventTopic>(records: readonly EventRecord[], topic: T): Events[T][] {
  return records
    .filter((record) => record.topic === topic && record.class === "good")
    .map((record) => JSON.parse(String(record.value)) as Events[T]);
}

/** Checks a count against bounds that a count of `share` of `of` exceeds only once in a million times. */
export function expectShare(count: number, share: number, of: number): void {
  const margin = 5 * Math.sqrt(of * share * (1 - share)) + 1;
  expect(count).toBeGreaterThan(of * share - margin);
  expect(count).toBeLessThan(of * share + margin);
}
