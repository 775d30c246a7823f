import { execute } from "../../deploy/execute";

const standardSeconds = 600;
const shownLines = 40;

/** Runs a command; resolves with its output, or rejects with the end of its output. */
export async function run(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  options: { readonly cwd?: string; readonly timeoutSeconds?: number } = {},
): Promise<string> {
  const { code, stdout, stderr } = await execute(command, args, env, {
    timeoutSeconds: standardSeconds,
    ...options,
  });
  if (code === 0) return stdout;
  const said = `${stdout}\n${stderr}`.trim().split("\n").slice(-shownLines).join("\n");
  throw new Error(`${command} ${args.slice(0, 6).join(" ")} ended with ${code}:\n${said}`);
}
