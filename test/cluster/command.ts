import { execFile } from "node:child_process";
import { promisify } from "node:util";

const execute = promisify(execFile);

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly timeoutSeconds?: number;
}

/** Runs a command; resolves with its output, and rejects with all that it said. */
export async function run(
  command: string,
  args: readonly string[],
  { cwd, env, timeoutSeconds = 600 }: CommandOptions = {},
): Promise<string> {
  try {
    const { stdout } = await execute(command, [...args], {
      cwd,
      env,
      timeout: timeoutSeconds * 1000,
      maxBuffer: 256 * 1024 ** 2,
    });
    return stdout;
  } catch (error) {
    const { stdout = "", stderr = "", message } = error as Error & { stdout?: string; stderr?: string };
    const said = `${stdout}\n${stderr}`.trim().split("\n").slice(-40).join("\n");
    throw new Error(`${command} ${args.slice(0, 6).join(" ")}: ${message.split("\n")[0]}\n${said}`);
  }
}
