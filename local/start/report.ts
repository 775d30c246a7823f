import type { CommandInput } from "../../command-line/command-input";
import { runSmoke } from "../smoke-process";

export interface CheckInput extends CommandInput {
  readonly endpointsFile: string;
  /** File for the report; undefined for none. */
  readonly reportFile: string | undefined;
  readonly triggerSeconds: number;
  readonly everySeconds: number;
  /** Share of records that EventSim sent malformed on purpose. */
  readonly malformedShare: number;
  /** Seconds from `npm start` to the first gold row in ClickHouse; undefined when there was none. */
  readonly secondsToFirstGold: number | undefined;
  readonly peakMemoryBytes: number;
}

/** Lower bound of the share in quarantine that fails the check; it is raised when more is malformed on purpose. */
const smallestQuarantineShare = 0.05;

/** Runs the smoke checks against the drained lake and writes the report; resolves with the exit code. */
export function checkAndReport(input: CheckInput): Promise<number> {
  const args = Object.entries({
    endpoints: input.endpointsFile,
    trigger: input.triggerSeconds,
    every: input.everySeconds,
    quarantine: Math.min(1, Math.max(smallestQuarantineShare, 2 * input.malformedShare)),
    report: input.reportFile,
    "seconds-to-first-gold": input.secondsToFirstGold,
    "peak-memory-bytes": input.peakMemoryBytes,
  }).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, String(value)]));
  return runSmoke({ root: input.root, env: input.env, args: ["--settled", ...args] });
}
