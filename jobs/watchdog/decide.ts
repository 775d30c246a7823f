import type { DataState } from "./data-state";

/** The parts of a SparkApplication that the decision needs. */
export interface ApplicationState {
  /** The operator's name of the state; it does not show whether the application works. */
  readonly state: string;
  /** Somebody has asked for it not to run. */
  readonly isSuspended: boolean;
  /** When it was last submitted or, between two submissions, when the operator last changed its state. */
  readonly sinceMs: number;
}

export interface Decision {
  readonly restart: boolean;
  readonly why: string;
}

const leave = (why: string): Decision => ({ restart: false, why });

/** Restarts only for stale data, and only when the application has had time to catch up since its last start. */
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
