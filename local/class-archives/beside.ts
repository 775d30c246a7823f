import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import { setUpEnvironment } from "../../toolchain/child-environment";
import type { OrphanGuard } from "../../toolchain/process/orphan-guard";

export interface ArchivesBesideOptions {
  root: string;
  env: NodeJS.ProcessEnv;
  /** Takes what the set-up prints. */
  log: string;
  guard: OrphanGuard;
}

/**
 * Makes the class archives that are missing beside the running lake, with what it leaves of the processor.
 * @returns what ends it; those that were not finished are made by the next start
 */
export function makeArchivesBeside({ root, env, log, guard }: ArchivesBesideOptions): () => void {
  const output = openSync(log, "w");
  const child = spawn(process.execPath, ["--import", "tsx", join(root, "local/class-archives/cli.ts")], {
    cwd: root,
    env: setUpEnvironment(env),
    stdio: ["ignore", output, output],
    detached: true,
  });
  closeSync(output);
  const { pid } = child;
  if (pid === undefined) return () => undefined;
  setPriority(pid, constants.priority.PRIORITY_LOW);
  guard.watch(pid);
  child.once("exit", () => guard.forget(pid));
  return () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-pid, "SIGTERM");
  };
}
