import type { BronzeCommit, RefineCommit, RefineFailure } from "../../lake/records";
import type { DataState } from "./data-state";

export interface RefineRecords {
  readonly newest: RefineCommit | undefined;
  /** The first bronze batch that the newest run has not read. */
  readonly oldestUnread: BronzeCommit | undefined;
  /** Of the newest run, if it failed. */
  readonly failure: RefineFailure | undefined;
}

/** @param limitMs what was committed before this time is too old */
export function refineState({ newest, oldestUnread, failure }: RefineRecords, limitMs: number): DataState {
  const committed = newest
    ? `run ${newest.run}, the newest, is of ${newest.committedAt}`
    : "no run is committed";
  if (!oldestUnread) return { kind: "idle", says: `every bronze batch is refined; ${committed}` };
  const failed = failure
    ? `; run ${failure.run} failed at ${failure.failedAt}: ${failure.failed.map(({ name }) => name).join(", ")}`
    : "";
  const { batchId, committedAt } = oldestUnread;
  const says = `bronze batch ${batchId} of ${committedAt} waits; ${committed}${failed}`;
  const tooLong = Date.parse(committedAt) < limitMs;
  const silent = newest === undefined || Date.parse(newest.committedAt) < limitMs;
  return { kind: tooLong && silent ? "stale" : "fresh", says };
}
