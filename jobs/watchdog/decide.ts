import type { DataState } from "./data-state";

/** A SparkApplication as far as the decision needs it. */
export interface ApplicationState {
  /** As the operator calls it; it does not tell whether the application works. */
  readonly state: string;
  /** Somebody has asked for it not to run. */
  readonly isSuspended: boolean;
  /** When it was last submitted or, where it is between two submissions, when the operator last moved it on. */
  readonly sinceMs: number;
}

export interface Decision {
  readonly restart: boolean;
  readonly why: string;
}

const leave = (why: string): Decision => ({ restart: false, why });

/** Only stale data are a reason, and only when the application has had the time to mend them since its last start. */
export function decide(
  data: DataState,
  { state, isSuspended, sinceMs }: ApplicationState,
  nowMs: number,
  staleSeconds: number,
): Decision {
  if (data.kind !== "stale") return leave("it does its work");
  if (isSuspended) return leave("it is suspended (spec.suspend)");
  const seconds = Math.round((nowMs - sinceMs) / 1000);
  if (seconds < staleSeconds) return leave(`it is ${state} for ${seconds} s and has ${staleSeconds} s`);
  return { restart: true, why: `it is ${state} for ${seconds} s` };
}
