import { createInterface } from "node:readline/promises";
import { profileCommand, readCommandLine } from "../command-line";
import { destroy } from "../destroy";
import { stacksWithData } from "../kept-data";
import type { StackName } from "../../stacks/platform-stack";
import { requestOf, stacksOption, toolOption, type ChangeOptions } from "./request-options";

interface Options extends ChangeOptions {
  readonly keepData: boolean;
  readonly yes: boolean;
}

/** Asks on the terminal. Without a terminal the answer is no. */
async function agreed(question: string, word: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question(question)).trim() === word;
  } finally {
    terminal.close();
  }
}

function goes(withData: readonly StackName[], namespace: string): string {
  return withData.includes("foundation")
    ? `every volume in namespace ${namespace}`
    : "the id by which Kafka knows its volumes, and all passwords for it";
}

/** `npm run destroy -- <profile>`: asks before it deletes data; `--keep-data` keeps data and passwords. */
export async function destroyCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const command = profileCommand("destroy", "Takes the lake away from a cluster")
    .addOption(stacksOption("destroy"))
    .addOption(toolOption())
    .option("--keep-data", "leave volumes, passwords, and Kafka's resource with its topics and users", false)
    .option("--yes", "do not ask before data are deleted", false);
  const line = readCommandLine<Options>(command, args, env);
  if (!line) return 0;
  const request = requestOf(line);
  const { keepData, yes, stacks } = line.options;
  const { name, namespace } = request.profile;
  const withData = stacksWithData(request.profile).filter((stack) => stacks?.includes(stack) ?? true);
  const deletesData = !keepData && withData.length > 0;
  const question = `${stacks === undefined ? `All of ${name}` : stacks.join(", ")} goes, with ${goes(withData, namespace)}. Type ${name} to agree: `;
  if (deletesData && !yes && !(await agreed(question, name))) {
    console.error("Nothing was destroyed: say --keep-data to keep the data, or --yes to delete them unasked");
    return 1;
  }
  await destroy(request, keepData, line.options.tool);
  if (keepData)
    console.log(
      `Kept: ${stacksWithData(request.profile).join(" and ")}, with all volumes and passwords; npm run deploy goes on with them.`,
    );
  console.log(
    "The operators' custom resource definitions stay, as other namespaces may use them (docs/deploying.md).",
  );
  return 0;
}
