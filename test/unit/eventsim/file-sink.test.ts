import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventTopics, type EventTopic } from "../../../lake/events";
import { ledgerEntry, type LedgerEntry } from "../../../lake/ledger";
import { Ledger } from "../../../jobs/eventsim/ledger";
import type { EventRecord } from "../../../jobs/eventsim/record";
import { FileSink } from "../../../jobs/eventsim/sinks/file";
import { toLine, valueOfLine } from "../../../jobs/eventsim/sinks/line";
import { recordsOf, textOf, twoDays } from "./simulated";

const folder = mkdtempSync(join(tmpdir(), "eventsim-"));
const records = recordsOf({
  users: "200",
  ...twoDays,
  malformed: "0.05",
  duplicates: "0.05",
  late: "0.05",
  tooLate: "0.02",
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function write(shard = { part: 1, of: 1 }): Promise<Ledger> {
  const ledger = new Ledger("test");
  const sink = new FileSink(folder, shard, ledger);
  await sink.write(records);
  await sink.close();
  return ledger;
}

function lines(topic: string): string[] {
  return readFileSync(join(folder, `${topic}.ndjson`), "utf8")
    .split("\n")
    .slice(0, -1);
}

test("every record is one line of JSON, from which its bytes come back", async () => {
  await write();
  for (const topic of eventTopics) {
    const expected = records.filter((record) => record.topic === topic);
    expect(lines(topic).map((line) => textOf(valueOfLine(line)))).toEqual(
      expected.map(({ value }) => textOf(value)),
    );
    expect(lines(topic).map((line) => (JSON.parse(line) as { key: string }).key)).toEqual(
      expected.map(({ key }) => key),
    );
  }
});

test.each([
  ["a tombstone", null],
  ["an empty value", Buffer.alloc(0)],
  ["half an object", Buffer.from('{"a":')],
  ["bytes that are not UTF-8", Buffer.from([0x7b, 0xc3, 0x28, 0x7d])],
  ["JSON that is no object", Buffer.from("12")],
])("%s comes back from its line", (_, value) => {
  const record = { ...records[0]!, value };
  expect(toLine(record).trimEnd().split("\n")).toHaveLength(1);
  expect(valueOfLine(toLine(record).trimEnd())).toEqual(value);
});

test("the ledger is what was sent, by topic and hour", async () => {
  await write();
  const entries = lines("eventsim_ledger").map((line) => ledgerEntry.parse(JSON.parse(line)));
  expect(new Set(entries.map(({ topic, eventHour }) => topic + eventHour)).size).toBe(entries.length);
  const said = new Map(entries.map((entry) => [`${entry.topic} ${entry.eventHour}`, entry]));
  const hour = ({ eventTime }: EventRecord) => new Date(eventTime).toISOString().slice(0, 13);
  const expected = new Map<string, LedgerEntry>();
  for (const record of records) {
    const key = `${record.topic} ${hour(record)}`;
    const zero = { good: 0, malformed: 0, duplicate: 0, late: 0, tooLate: 0 };
    const counts = expected.get(key) ?? {
      source: "test",
      topic: record.topic,
      eventHour: hour(record),
      ...zero,
    };
    counts[record.class]++;
    const backDays = (record.time - record.eventTime) / 86_400_000;
    if (record.class === "good" && record.late) counts[backDays > 3 ? "tooLate" : "late"]++;
    expected.set(key, counts);
  }
  expect(said).toEqual(expected);
});

test("labels of fraud are a file of their own", async () => {
  await write();
  const truths = records.flatMap(({ fraud }) => (fraud ? [fraud] : []));
  expect(lines("fraud_truth").map((line) => JSON.parse(line) as object)).toEqual(truths);
});

test("a second run replaces the files of the first, and shards have files of their own", async () => {
  await write();
  const before = lines("listen_events").length;
  await write();
  await write({ part: 2, of: 3 });
  expect(lines("listen_events")).toHaveLength(before);
  expect(lines("listen_events.2-of-3")).toHaveLength(before);
});

test("an event is too late by when it arrives, whatever its device's clock says", () => {
  const ledger = new Ledger("test");
  const record = records.find((each) => each.class === "good" && !each.late)!;
  const day = 86_400_000;
  for (const after of [0, 2.9 * day, 3.1 * day, -0.9 * day, -1.1 * day])
    ledger.count(record, record.eventTime + after);
  expect(ledger.all()).toEqual([expect.objectContaining({ good: 5, tooLate: 2, late: 0 })]);
});

test("only changes are told again, and each in full", () => {
  const ledger = new Ledger("test");
  const of = (topic: EventTopic) => records.find((each) => each.topic === topic && each.class === "good")!;
  ledger.count(of("listen_events"), 0);
  ledger.count(of("auth_events"), 0);
  expect(ledger.takeChanged()).toHaveLength(2);
  expect(ledger.hasChanged).toBe(false);
  ledger.count(of("auth_events"), 0);
  expect(ledger.takeChanged()).toEqual([expect.objectContaining({ topic: "auth_events", good: 2 })]);
});
