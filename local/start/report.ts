import { join } from "node:path";
import { runInForeground } from "../process/foreground";

export interface CheckInput {
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  readonly endpointsFile: string;
  /** Where the report is to be written, if at all. */
  readonly reportFile: string | undefined;
  /** From `npm start` to the first gold row in ClickHouse; null when none came. */
  readonly secondsToFirstGold: number | null;
  readonly peakMemoryBytes: () => number;
}

/** Runs the smoke checks against the drained lake and writes the report; resolves with the exit code. */
export function checkAndReport(input: CheckInput): Promise<number> {
  const args = ["--endpoints", input.endpointsFile, "--settled"];
  if (input.reportFile !== undefined) args.push("--report", input.reportFile);
  args.push("--peak-memory-bytes", String(input.peakMemoryBytes()));
  if (input.secondsToFirstGold !== null)
    args.push("--seconds-to-first-gold", String(input.secondsToFirstGold));
  const command = [join(input.root, "smoke/cli.ts"), ...args];
  return runInForeground(process.execPath, ["--import", "tsx", ...command], {
    cwd: input.root,
    env: input.env,
  });
}
