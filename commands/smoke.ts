import type { CommandInput } from "../command-line/command-input";
import { runSmoke } from "../local/smoke-process";

/**
 * `npm run smoke`: the checks against the lake that runs here, or against the one that `--endpoints` names; with
 * `--profile NAME` first, as a Job in that profile's cluster.
 */
export async function smoke(input: CommandInput): Promise<number> {
  const [first, profile = "", ...rest] = input.args;
  if (first !== "--profile") return runSmoke(input);
  const { smokeCommand, withoutTrace } = await import("../deploy/cli");
  return withoutTrace(() => smokeCommand(profile, rest, input.env));
}
