import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventOfLine } from "../../../jobs/eventsim/import/event-of-line";
import { parseForeignLine } from "../../../jobs/eventsim/import/foreign-line";
import { daysUpTo, readLines } from "../../../jobs/eventsim/import/read-lines";
import { Tally } from "../../../jobs/eventsim/import/tally";
import { checkImportOptions } from "../../../jobs/eventsim/options";
import { projectRoot } from "../../../stacks/platform-stack";
import { violations } from "./conforms";

const folder = mkdtempSync(join(tmpdir(), "eventsim-import-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** An event as in Sparkify's logs. */
const sparkify = {
  ts: 1_541_105_830_796,
  userId: "30",
  sessionId: 38,
  itemInSession: 5,
  auth: "Logged In",
  level: "paid",
  location: "New York-Newark-Jersey City, NY-NJ-PA",
  userAgent: '"Mozilla/5.0"',
  firstName: "Colin",
  lastName: "Freeman",
  gender: "M",
  registration: 1_538_173_362_000,
  method: "PUT",
  page: "NextSong",
  status: 200,
  song: "Rockpools",
  artist: "Martha Tilston",
  length: 277.89016,
};

/** An event as in the fork's listen_events: without a page, and with the length under another name. */
const fork = Object.fromEntries(
  Object.entries({ ...sparkify, duration: sparkify.length, city: "New York", state: "NY" }).filter(
    ([name]) => !["page", "method", "status", "length", "location"].includes(name),
  ),
);

function made(line: object, shiftDays = 0) {
  const parsed = parseForeignLine(JSON.stringify(line));
  if ("unreadable" in parsed) throw new Error(parsed.unreadable);
  const outcome = eventOfLine(parsed, shiftDays);
  if ("leftOut" in outcome) return { leftOut: outcome.leftOut };
  const { topic, customerId, value } = outcome;
  expect(violations(topic, Buffer.from(value))).toEqual([]);
  return { topic, customerId, event: JSON.parse(value) as Record<string, unknown> };
}

test("a song is a listen event, at its own time or so many days later", () => {
  const { topic, customerId, event } = made(sparkify);
  expect([topic, customerId]).toEqual(["listen_events", "import-30"]);
  expect(event).toMatchObject({
    event_time: "2018-11-01T20:57:10.796Z",
    customer_id: "import-30",
    location_id: "l-new-york",
    song_id: "Martha Tilston / Rockpools",
    artist_id: "Martha Tilston",
    listened_ms: 277_890,
    level: "paid",
  });
  expect(made(sparkify, 2).event?.["event_time"]).toBe("2018-11-03T20:57:10.796Z");
});

test("the same line is the same event, another line another one", () => {
  expect(made(sparkify)).toEqual(made({ ...sparkify }));
  expect(made(sparkify).event?.["event_id"]).not.toBe(
    made({ ...sparkify, itemInSession: 6 }).event?.["event_id"],
  );
});

test("a play that the fork has as a page and as a song is one event", () => {
  expect(made(fork)).toEqual(made(sparkify));
});

test.each([
  [{ page: "Home" }, "page_view_events", { page: "home", method: "PUT", status: 200 }],
  [
    { page: "Add to Playlist", method: "PATCH", status: 404 },
    "page_view_events",
    { page: "playlist", method: "GET", status: 404 },
  ],
  [
    { page: "Login" },
    "auth_events",
    { action: "login", succeeded: true, first_name: "Colin", gender: "male" },
  ],
  [{ page: "Logout" }, "auth_events", { action: "logout", succeeded: true }],
  [{ page: undefined, success: false }, "auth_events", { action: "login", succeeded: false }],
  [
    { page: "Submit Upgrade", level: "free" },
    "status_change_events",
    { change: "upgrade", level_before: "free", level_after: "paid" },
  ],
  [
    { page: "Submit Registration", level: "free" },
    "status_change_events",
    { change: "register", level_before: "none", level_after: "free" },
  ],
  [
    { page: "Cancellation Confirmation" },
    "status_change_events",
    { change: "cancel", level_before: "paid", level_after: "none" },
  ],
  [{ page: undefined, song: undefined, prevLevel: "free" }, "status_change_events", { change: "upgrade" }],
  [
    { page: undefined, song: undefined, prevLevel: "paid", level: "free" },
    "status_change_events",
    { change: "downgrade" },
  ],
  [
    { page: undefined, song: undefined, prevLevel: "paid", auth: "Cancelled" },
    "status_change_events",
    { change: "cancel" },
  ],
])("%j is of %s", (changed, topic, fields) => {
  expect(made({ ...sparkify, ...changed })).toMatchObject({ topic, event: fields });
});

test.each([
  [{ userId: "" }, "nobody had logged in"],
  [{ userId: null }, "nobody had logged in"],
  [{ page: "Thumbs Up" }, "page Thumbs Up has no counterpart"],
  [{ song: " " }, "a song without a name or an artist"],
  [{ page: null, song: null }, "it has neither page, song, success nor prevLevel"],
  [{ page: null, song: null, prevLevel: "paid" }, "a change of status that changed no level"],
])("%j is left out", (changed, leftOut) => {
  expect(made({ ...sparkify, ...changed })).toEqual({ leftOut });
});

test.each([
  [{ userId: "x y/ü" }, { customer_id: expect.stringMatching(/^import-[0-9a-f]{20}$/) as unknown }],
  [
    { artist: "ä".repeat(300), song: "b".repeat(300) },
    { song_id: `${"ä".repeat(126)} / ${"b".repeat(126)}` },
  ],
  [{ artist: "\u{1F3B5}".repeat(200), song: "\uD83D" }, { song_id: `${"\u{1F3B5}".repeat(126)} / \uFFFD` }],
  [{ location: "Zürich" }, { location_id: "import-z-rich" }],
  [{ location: null }, { location_id: "import-unknown" }],
  [{ length: -1 }, { listened_ms: 0 }],
  [{ length: 1e12 }, { listened_ms: 86_400_000 }],
])("%j still makes a well-formed event", (changed, fields) => {
  expect(made({ ...sparkify, ...changed }).event).toMatchObject(fields);
});

test.each([
  ["not json", /^it is not JSON/],
  ["[1]", /^it: /],
  ['{"event_id":"e-1"}', /^ts: /],
  [JSON.stringify({ ...sparkify, level: "gold" }), /^level: .*"free"/],
])("%s is not a line of eventsim, and it says why", (text, why) => {
  expect(parseForeignLine(text)).toEqual({ unreadable: expect.stringMatching(why) as unknown });
});

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

test("files are read line by line, and a fault is named by its place", async () => {
  const file = join(folder, "lines.ndjson");
  writeFileSync(file, `\uFEFF${JSON.stringify(sparkify)}\r\n\r\nbroken\n${JSON.stringify(fork)}`);
  const lines = await all(readLines([file]));
  expect(lines.map(({ place, line }) => [place, "unreadable" in line])).toEqual([
    [`${file}:1`, false],
    [`${file}:3`, true],
    [`${file}:4`, false],
  ]);
});

test("times are moved by whole days, so that the newest is of the last 24 hours", async () => {
  const file = join(folder, "one.ndjson");
  writeFileSync(file, JSON.stringify(sparkify));
  const days = (now: string) => daysUpTo(Date.parse(now), readLines([file]));
  expect(await days("2018-11-11T20:57:10.796Z")).toBe(10);
  expect(await days("2018-11-11T20:57:10.795Z")).toBe(9);
  expect(await days("2018-11-01T00:00:00.000Z")).toBe(-1);
});

test("a file without a line of eventsim stops the import", async () => {
  const file = join(folder, "none.ndjson");
  writeFileSync(file, "a,b,c\n");
  await expect(daysUpTo(0, readLines([file]))).rejects.toThrow(
    /no line of eventsim was found \(.*none.ndjson:1: it is not JSON/,
  );
});

test("what became of each line adds up, and says what the lake will reject", () => {
  const tally = new Tally();
  tally.read = 8;
  const now = Date.parse("2026-11-27T00:00:00Z");
  const event = (eventTime: number) => ({
    topic: "listen_events" as const,
    customerId: "c",
    value: "{}",
    eventTime,
  });
  tally.countEvent(event(now), now);
  tally.countEvent(event(now - 4 * 86_400_000), now);
  tally.countLeftOut("page X has no counterpart");
  for (let i = 1; i <= 6; i++) tally.countUnreadable(`f:${i}`, "it is not JSON");
  expect([...tally.summary()]).toEqual([
    "read 8 lines, made 2 events",
    "  2 listen_events",
    expect.stringMatching(/^ {2}1 of them are older than 3 days/),
    "left out 1 lines: page X has no counterpart",
    "6 lines are not of eventsim:",
    ...[1, 2, 3, 4, 5].map((i) => `  f:${i}: it is not JSON`),
    "  and 1 more",
  ]);
});

test.each([
  [{ sink: "file" }, "--sink: got 'file', allowed: kafka, stdout"],
  [{ sink: "kafka" }, "--kafka: got nothing with --sink kafka"],
  [{ shiftDays: "1.5" }, "--shift-days: got '1.5', allowed: a whole number"],
])("options %j are refused", (given, message) => {
  expect(() => checkImportOptions(["f"], { sink: "stdout", kafkaMechanism: "plain", ...given })).toThrow(
    message,
  );
});

test("a reader that has had enough ends the import, and that is no fault", () => {
  const file = join(folder, "many.ndjson");
  writeFileSync(file, `${JSON.stringify(sparkify)}\n`.repeat(50_000));
  const script = `set -o pipefail; "${process.execPath}" --import tsx jobs/eventsim/cli.ts import "${file}" | head -n 1`;
  const { status, stdout, stderr } = spawnSync("bash", ["-c", script], {
    cwd: projectRoot,
    encoding: "utf8",
  });
  expect([status, stderr]).toEqual([0, expect.not.stringContaining("EPIPE")]);
  expect(stdout).toMatch(/^\{"topic":.*\}\n$/);
});
