import type { RunFailure } from "../../lake/records";
import type { DataState } from "./data-state";

/** The parts of a commit record that matter here. */
export interface Committed {
  readonly run: number;
  readonly committedAt: string;
}

export interface LayerRecords {
  /** The first input that the newest run has not read, in words (`bronze batch 7`), and when it was committed. */
  readonly waiting: { readonly what: string; readonly committedAt: string } | undefined;
  readonly newest: Committed | undefined;
  /** The failure of the newest run, if it failed. */
  readonly failure: RunFailure | undefined;
}

/** @param limitMs a commit before this time is too old */
export function layerState({ waiting, newest, failure }: LayerRecords, limitMs: number): DataState {
  const committed = newest
    ? `run ${newest.run}, the newest, is of ${newest.committedAt}`
    : "no run is committed";
  if (!waiting) return { kind: "idle", says: `nothing waits; ${committed}` };
  const failed = failure
    ? `; run ${failure.run} failed at ${failure.failedAt}: ${failure.failed.map(({ name }) => name).join(", ")}`
    : "";
  const says = `${waiting.what} of ${waiting.committedAt} waits; ${committed}${failed}`;
  const tooLong = Date.parse(waiting.committedAt) < limitMs;
  const silent = newest === undefined || Date.parse(newest.committedAt) < limitMs;
  return { kind: tooLong && silent ? "stale" : "fresh", says };
}
