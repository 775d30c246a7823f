import type { CommandInput } from "../command-line/command-input";
import { runSmoke } from "../local/smoke-process";

/**
 * `npm run smoke`: runs the checks against the lake on this machine, or the one that `--endpoints` names. With
 * `--profile NAME` as the first argument they run as a Job in that profile's cluster.
 */
export async function smoke(input: CommandInput): Promise<number> {
  const [first, profile = "", ...rest] = input.args;
  if (first !== "--profile") return runSmoke(input);
  const { smokeCommand, withoutTrace } = await import("../deploy/cli");
  return withoutTrace(() => smokeCommand(profile, rest, input.env));
}
