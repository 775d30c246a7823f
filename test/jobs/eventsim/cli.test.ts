import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventTopics } from "../../../lake/events";
import type { LedgerEntry } from "../../../lake/ledger";
import { EventSimProcess } from "./eventsim-process";

jest.setTimeout(120_000);

const folder = mkdtempSync(join(tmpdir(), "eventsim-cli-"));
const range = ["--from", "2026-11-02", "--to", "2026-11-03", "--users", "100"];

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function lines(name: string, topic: string): string[] {
  return readFileSync(join(folder, name, `${topic}.ndjson`), "utf8")
    .split("\n")
    .slice(0, -1);
}

test("two processes, one paced and one not, write the same bytes", async () => {
  const file = (name: string) => ["--sink", "file", "--file", join(folder, name)];
  const fast = new EventSimProcess(...range, ...file("fast"), "--malformed", "0.05");
  const paced = new EventSimProcess(...range, ...file("paced"), "--malformed", "0.05", "--rate", "2000");
  expect([await fast.ended(), await paced.ended()]).toEqual([0, 0]);
  for (const topic of [...eventTopics, "fraud_truth", "eventsim_ledger"])
    expect(lines("paced", topic)).toEqual(lines("fast", topic));
  expect(lines("fast", "listen_events").length).toBeGreaterThan(1000);
});

test("SIGINT in the middle leaves whole lines and a ledger equal to them", async () => {
  const sink = ["--sink", "file", "--file", join(folder, "stopped"), "--progress"];
  const process = new EventSimProcess("--rate", "500", "--users", "1000", ...sink, "--duplicates", "0.1");
  await process.until(({ sent }) => sent > 1000);
  process.child.kill("SIGINT");
  expect(await process.ended()).toBe(0);
  for (const topic of eventTopics) {
    const written = lines("stopped", topic);
    for (const line of written) JSON.parse(line);
    const said = lines("stopped", "eventsim_ledger")
      .map((line) => JSON.parse(line) as LedgerEntry)
      .filter((entry) => entry.topic === topic)
      .reduce((sum, { good, malformed, duplicate }) => sum + good + malformed + duplicate, 0);
    expect([topic, said]).toEqual([topic, written.length]);
  }
});

test("stdout gets the same records, with their topic", async () => {
  const process = new EventSimProcess(...range);
  expect(await process.ended()).toBe(0);
  const rows = process.stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { topic: string });
  expect(new Set(rows.map(({ topic }) => topic)).size).toBeGreaterThanOrEqual(4);
});

test("a reader that has had enough ends it without complaint", async () => {
  const process = new EventSimProcess("--rate", "2000", "--users", "1000");
  await process.until(({ stdout }) => stdout.length > 0);
  process.child.stdout?.destroy();
  expect(await process.ended()).toBe(0);
  expect(process.said.at(-1)).toMatch(/^eventsim: sent /);
});

test.each([
  [["--rate", "fast"], "eventsim: --rate: got 'fast', allowed: a number from 0.1 to 1000000"],
  [["--bogus"], "eventsim: unknown option '--bogus'"],
  [["publish-catalogue"], "eventsim: required option '--webhdfs <url>' not specified"],
  [
    ["publish-catalogue", "--webhdfs", "namenode"],
    "eventsim: --webhdfs: got 'namenode', allowed: http://host:port, one for each NameNode by comma",
  ],
])("%p is refused in one line", async (args, line) => {
  const process = new EventSimProcess(...args);
  expect(await process.ended()).toBe(2);
  expect(process.said).toEqual([line]);
});

test("a folder that cannot be made is said in one line", async () => {
  const process = new EventSimProcess(...range, "--sink", "file", "--file", "/dev/null/eventsim");
  expect(await process.ended()).toBe(1);
  expect(process.said).toEqual([expect.stringContaining("/dev/null/eventsim")]);
});
