import { spawn } from "node:child_process";

export interface Executed {
  /** The exit code; -1 when it could not be started or was ended by a signal. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end, or to the time-out (0: none), and captures both outputs separately. Never throws. */
export function execute(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  { cwd = process.cwd(), timeoutSeconds = 0 } = {},
): Promise<Executed> {
  return new Promise((resolve) => {
    const child = spawn(command, [...args], {
      cwd,
      env,
      timeout: timeoutSeconds * 1000,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const output = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
    child.once("error", ({ message }) => resolve({ code: -1, stdout: "", stderr: message }));
    child.once("close", (code) => resolve({ code: code ?? -1, ...output }));
  });
}

/** The last line of a failed command's output, which says why it failed. */
export function lastLine({ stderr, stdout }: Executed): string {
  return (stderr.trim() || stdout.trim()).split("\n").at(-1) ?? "";
}
