import { decide, type ApplicationState } from "../../../jobs/watchdog/decide";
import type { DataState } from "../../../jobs/watchdog/data-state";

const now = Date.parse("2026-01-01T01:00:00Z");
const staleSeconds = 600;

const application = (seconds: number, changes: Partial<ApplicationState> = {}): ApplicationState => ({
  state: "RUNNING",
  isSuspended: false,
  sinceMs: now - seconds * 1000,
  ...changes,
});

const data = (kind: DataState["kind"]): DataState => ({ kind, says: "so it is" });

test.each(["RUNNING", "SUBMITTED", "PENDING_RERUN", "FAILING", "FAILED", "COMPLETED", "UNKNOWN", "NEW"])(
  "stale data restart an application, be it %s",
  (state) => {
    expect(decide(data("stale"), application(601, { state }), now, staleSeconds)).toEqual({
      restart: true,
      why: `it is ${state} for 601 s`,
    });
  },
);

test.each(["fresh", "idle"] as const)("%s data are no reason, whatever state it is in", (kind) => {
  const stuck = application(99_999, { state: "PENDING_RERUN" });
  expect(decide(data(kind), stuck, now, staleSeconds).restart).toBe(false);
});

test("one that was started a moment ago has its time", () => {
  expect(decide(data("stale"), application(599), now, staleSeconds)).toEqual({
    restart: false,
    why: "it is RUNNING for 599 s and has 600 s",
  });
});

test("one that somebody suspended is left so", () => {
  const { restart, why } = decide(
    data("stale"),
    application(601, { state: "SUSPENDED", isSuspended: true }),
    now,
    staleSeconds,
  );
  expect(restart).toBe(false);
  expect(why).toContain("suspended");
});
