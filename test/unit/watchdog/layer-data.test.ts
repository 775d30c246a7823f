import { layerState } from "../../../jobs/watchdog/layer-data";
import type { RunFailure } from "../../../lake/records";

const limit = Date.parse("2026-01-01T00:10:00Z");
const before = "2026-01-01T00:01:00.000Z";
const after = "2026-01-01T00:15:00.000Z";

const batch = (committedAt: string) => ({ what: "bronze batch 8", committedAt });
const run = (committedAt: string) => ({ run: 3, committedAt });

test.each([
  ["there is nothing at all", "idle", undefined, undefined],
  ["nothing waits", "idle", run(before), undefined],
  ["a batch has waited for too long and no run ended", "stale", run(before), batch(before)],
  ["a batch has waited for too long and there never was a run", "stale", undefined, batch(before)],
  ["a batch has waited for too long and runs end", "fresh", run(after), batch(before)],
  ["after hours without anything a batch has just come", "fresh", run(before), batch(after)],
])("%s: %s", (_, kind, newest, waiting) => {
  expect(layerState({ newest, waiting, failure: undefined }, limit).kind).toBe(kind);
});

test("a run that failed is told with what failed in it", () => {
  const failure: RunFailure = {
    step: "silver",
    run: 4,
    failedAt: after,
    failed: [{ name: "fct_listens", message: "no" }],
  };
  const { kind, says } = layerState({ newest: run(before), waiting: batch(before), failure }, limit);
  expect(kind).toBe("stale");
  expect(says).toBe(
    `bronze batch 8 of ${before} waits; run 3, the newest, is of ${before}; run 4 failed at ${after}: fct_listens`,
  );
});
