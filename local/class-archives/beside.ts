import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import { setUpEnvironment } from "../../toolchain/child-environment";
import type { OrphanGuard } from "../../toolchain/process/orphan-guard";

export interface ArchivesBesideOptions {
  root: string;
  env: NodeJS.ProcessEnv;
  /** File for the output of the set-up. */
  log: string;
  guard: OrphanGuard;
}

/**
 * Makes the missing class archives while the lake runs, with the processor time that the lake leaves.
 * @returns a function that ends it; the next start makes the archives that were not finished
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
