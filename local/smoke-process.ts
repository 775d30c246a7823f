import { join } from "node:path";
import type { CommandInput } from "../command-line/command-input";
import { runInForeground } from "../toolchain/process/foreground";

/** Runs the smoke checks as a separate process on this terminal; resolves with its exit code. */
export function runSmoke({ root, env, args }: CommandInput): Promise<number> {
  return runInForeground(process.execPath, ["--import", "tsx", join(root, "smoke/cli.ts"), ...args], {
    cwd: root,
    env,
  });
}
