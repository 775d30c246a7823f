import { inspect } from "node:util";
import { kebab } from "./kebab";

/** The value may be a whole file: its beginning is enough to recognise it. */
const longestGot = 80;

function shown(got: unknown): string {
  if (got === undefined) return "nothing";
  return inspect(got, { breakLength: Infinity, maxStringLength: longestGot, maxArrayLength: longestGot });
}

/**
 * The message about a wrong option: `--late: got '2', allowed: a share from 0 to 1`.
 * @param option commander's name of the option, `kafkaCa` for `--kafka-ca`
 * @param got undefined when nothing was given
 * @param why what is wrong with it, as text that continues the sentence: `, which is empty`
 */
export function refusal(option: string, got: unknown, allowed: string, why = ""): string {
  return `--${kebab(option)}: got ${shown(got)}${why}, allowed: ${allowed.replace(/^allowed: /, "")}`;
}
