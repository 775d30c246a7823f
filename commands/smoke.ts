import { join } from "node:path";
import { runInForeground } from "../toolchain/process/foreground";
import type { CommandInput } from "../command-line/command-input";

/**
 * `npm run smoke`: the checks against the lake that runs here, or against the one that `--endpoints` names; with
 * `--profile NAME` first, as a Job in that profile's cluster.
 */
export async function smoke({ root, env, words }: CommandInput): Promise<number> {
  const [first, profile = "", ...rest] = words;
  if (first === "--profile") {
    const { smokeCommand, withoutTrace } = await import("../deploy/cli");
    return withoutTrace(() => smokeCommand(profile, rest, env));
  }
  return runInForeground(process.execPath, ["--import", "tsx", join(root, "smoke/cli.ts"), ...words], {
    cwd: root,
    env,
  });
}
