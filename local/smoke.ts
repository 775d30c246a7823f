import { join } from "node:path";
import { runInForeground } from "./process/foreground";
import type { CommandInput } from "./command";

/** `npm run smoke`: the checks against the lake that runs here, or against the one that `--endpoints` names. */
export function smoke({ root, env, words }: CommandInput): Promise<number> {
  return runInForeground(process.execPath, ["--import", "tsx", join(root, "smoke/cli.ts"), ...words], {
    cwd: root,
    env,
  });
}
