import { run } from "../../toolchain/run";
import { cacheFolder, withFolderLock, shortHash } from "../../toolchain/cache";
import { silentProgress } from "../../toolchain/progress";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Runs a command to its end. @throws Error with its whole output when it fails */
export async function must(command: string, args: string[], cwd: string, more: NodeJS.ProcessEnv = {}) {
  const { code, output } = await run(command, args, { cwd, env: { ...process.env, ...more } });
  if (code !== 0) throw new Error(`${[command, ...args].join(" ")} ended with ${code}:\n${output}`);
  return output;
}

/**
 * @returns the results that a client's program prints, by step: one line `{"step": …, "got": …}` each
 * @throws Error with its whole output when it fails
 */
export async function steps(command: string, args: string[], cwd: string): Promise<Record<string, unknown>> {
  const output = await must(command, args, cwd);
  const lines = output.split("\n").filter((line) => line.startsWith("{"));
  return Object.fromEntries(
    lines.map((line) => {
      const { step, got } = JSON.parse(line) as { step: string; got: unknown };
      return [step, got];
    }),
  );
}

/**
 * A folder in the user's cache where clients are installed, one for each `content` of their lock.
 * @param install fills it
 */
export async function installed(
  name: string,
  content: readonly string[],
  install: (folder: string) => Promise<void>,
): Promise<string> {
  const cache = join(cacheFolder(process.env, process.platform), "clients");
  const folder = join(cache, `${name}-${shortHash(...content)}`);
  const complete = join(folder, "complete");
  if (existsSync(complete)) return folder;
  mkdirSync(cache, { recursive: true });
  await withFolderLock(folder, silentProgress, async () => {
    if (existsSync(complete)) return;
    await install(folder);
    writeFileSync(complete, "");
  });
  return folder;
}
