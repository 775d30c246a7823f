import { refineState } from "../../../jobs/watchdog/refine-data";
import type { BronzeCommit, RefineCommit, RefineFailure } from "../../../lake/records";

const limit = Date.parse("2026-01-01T00:10:00Z");
const before = "2026-01-01T00:01:00.000Z";
const after = "2026-01-01T00:15:00.000Z";

const batch = (committedAt: string): BronzeCommit => ({
  step: "bronze",
  batchId: 8,
  startedAt: committedAt,
  committedAt,
  topics: {},
});

const run = (committedAt: string): RefineCommit => ({
  step: "refine",
  run: 3,
  startedAt: committedAt,
  committedAt,
  bronzeThrough: 7,
  touchedDays: [],
  snapshot: "s00000003",
  changed: {},
  rows: {},
  rejected: {},
  tests: { passed: 0, warned: 0 },
});

test.each([
  ["there is nothing at all", "idle", undefined, undefined],
  ["every batch is refined", "idle", run(before), undefined],
  ["a batch has waited for too long and no run ended", "stale", run(before), batch(before)],
  ["a batch has waited for too long and there never was a run", "stale", undefined, batch(before)],
  ["a batch has waited for too long and runs end", "fresh", run(after), batch(before)],
  ["after hours without anything a batch has just come", "fresh", run(before), batch(after)],
])("%s: %s", (_, kind, newest, oldestUnread) => {
  expect(refineState({ newest, oldestUnread, failure: undefined }, limit).kind).toBe(kind);
});

test("a run that failed is told with what failed in it", () => {
  const failure: RefineFailure = {
    run: 4,
    failedAt: after,
    bronzeThrough: 8,
    failed: [{ name: "fct_listens", message: "no" }],
  };
  const { kind, says } = refineState({ newest: run(before), oldestUnread: batch(before), failure }, limit);
  expect(kind).toBe("stale");
  expect(says).toBe(
    `bronze batch 8 of ${before} waits; run 3, the newest, is of ${before}; run 4 failed at ${after}: fct_listens`,
  );
});
