import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface Ran {
  /** The exit code; -1 when it could not be started or was ended by a signal. */
  code: number;
  /** Standard output and standard error as they came. */
  output: string;
}

/** Runs a command to its end and never throws; `onLine` sees each line of its output as it comes. */
export function run(
  command: string,
  args: string[],
  options: { env: NodeJS.ProcessEnv; onLine?: (line: string) => void },
): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env: options.env, stdio: ["ignore", "pipe", "pipe"] });
    const lines: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        lines.push(line);
        options.onLine?.(line);
      });
    }
    child.on("error", (error) => resolve({ code: -1, output: error.message }));
    child.on("close", (code) => resolve({ code: code ?? -1, output: lines.join("\n") }));
  });
}
