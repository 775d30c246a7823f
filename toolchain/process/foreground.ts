import { spawn } from "node:child_process";

/** Runs a command on this process's terminal. Resolves with its exit code; 1 if it did not start or a signal ended it. */
export function runInForeground(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, [...args], { ...options, stdio: "inherit" });
    child.once("error", (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(1);
    });
    child.once("close", (code) => resolve(code ?? 1));
  });
}
