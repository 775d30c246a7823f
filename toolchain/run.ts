import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { OrphanGuard } from "./process/orphan-guard";

export interface Ran {
  /** The exit code; -1 when it could not be started or was ended by a signal. */
  code: number;
  /** Lines of standard output and standard error, in order of arrival. */
  output: string;
}

export interface RunOptions {
  env: NodeJS.ProcessEnv;
  cwd?: string;
  /** Called with each line of the output as it arrives. */
  onLine?: (line: string) => void;
  /** Ends the command and its children when this process ends. */
  guard?: OrphanGuard;
}

/** Runs a command to its end and never throws. */
export function run(command: string, args: string[], options: RunOptions): Promise<Ran> {
  const { env, cwd, onLine, guard } = options;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      env,
      ...(cwd === undefined ? {} : { cwd }),
      stdio: ["ignore", "pipe", "pipe"],
      detached: guard !== undefined,
    });
    const group = child.pid;
    if (group !== undefined) guard?.watch(group);
    const lines: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        lines.push(line);
        onLine?.(line);
      });
    }
    child.on("error", (error) => resolve({ code: -1, output: error.message }));
    child.on("close", (code) => {
      if (group !== undefined) guard?.forget(group);
      resolve({ code: code ?? -1, output: lines.join("\n") });
    });
  });
}
