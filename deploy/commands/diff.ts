import { profileCommand, readCommandLine } from "../command-line";
import { diff } from "../diff";
import { requestOf, stacksOption, type StackOptions } from "./request-options";

/** `npm run diff -- <profile>`: exit code 0 when a deploy would change nothing, 1 when it would change something. */
export async function diffCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const command = profileCommand("diff", "Shows what a deploy would change (Terraform only)").addOption(
    stacksOption("look at"),
  );
  const line = readCommandLine<StackOptions>(command, args, env);
  if (!line) return 0;
  const changed = await diff(requestOf(line));
  console.log(changed.length === 0 ? "no changes" : `changes in ${changed.join(", ")}`);
  return changed.length === 0 ? 0 : 1;
}
