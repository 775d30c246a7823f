import type { CommandInput } from "../../command-line/command-input";
import { runSmoke } from "../smoke-process";

export interface CheckInput extends CommandInput {
  readonly endpointsFile: string;
  /** Where the report is to be written, if at all. */
  readonly reportFile: string | undefined;
  readonly triggerSeconds: number;
  readonly everySeconds: number;
  /** Share of records that EventSim sent malformed on purpose. */
  readonly malformedShare: number;
  /** From `npm start` to the first gold row in ClickHouse; undefined when none came. */
  readonly secondsToFirstGold: number | undefined;
  readonly peakMemoryBytes: number;
}

/** More than this in quarantine is worth a look; who sends more on purpose has no use for being told. */
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
