import { createInterface } from "node:readline/promises";
import { profileCommand, readCommandLine } from "../command-line";
import { destroy } from "../destroy";
import { requestOf, stacksOption, wayOption, type ChangeOptions } from "./request-options";

interface Options extends ChangeOptions {
  readonly keepData: boolean;
  readonly yes: boolean;
}

/** Asks on the terminal; without one nobody can say yes. */
async function agreed(question: string, word: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question(question)).trim() === word;
  } finally {
    terminal.close();
  }
}

/** `npm run destroy -- <profile>`: asks before volumes go; with `--keep-data` they stay, and the passwords with them. */
export async function destroyCommand(words: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const command = profileCommand("destroy", "Takes the lake away from a cluster")
    .addOption(stacksOption("destroy"))
    .addOption(wayOption())
    .option("--keep-data", "leave the namespaces with the volumes and the passwords", false)
    .option("--yes", "do not ask before the volumes are deleted", false);
  const line = readCommandLine<Options>(command, words, env);
  if (!line) return 0;
  const request = requestOf(line);
  const { keepData, yes, stacks } = line.options;
  const { name, namespace } = request.profile;
  const deletesData = !keepData && (stacks === undefined || stacks.includes("foundation"));
  const question = `All of ${name} goes, with every volume in namespace ${namespace}. Type ${name} to agree: `;
  if (deletesData && !yes && !(await agreed(question, name))) {
    console.error(
      "Nothing was destroyed: say --keep-data to keep the volumes, or --yes to delete them unasked",
    );
    return 1;
  }
  await destroy(request, keepData, line.options.with);
  console.log(
    "The operators' custom resource definitions stay, as other namespaces may use them (docs/deploying.md).",
  );
  return 0;
}
