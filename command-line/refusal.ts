import { inspect } from "node:util";
import { kebab } from "./kebab";

/** A whole file may be wrong: its beginning is enough to know it by. */
const longestGot = 80;

function shown(got: unknown): string {
  if (got === undefined) return "nothing";
  return inspect(got, { breakLength: Infinity, maxStringLength: longestGot, maxArrayLength: longestGot });
}

/**
 * The sentence about a wrong option: `--late: got '2', allowed: a share from 0 to 1`.
 * @param option as commander calls it, `kafkaCa` for `--kafka-ca`
 * @param got undefined when nothing was given
 * @param why what is wrong about it, with what leads over to it: `, which is empty`
 */
export function refusal(option: string, got: unknown, allowed: string, why = ""): string {
  return `--${kebab(option)}: got ${shown(got)}${why}, allowed: ${allowed.replace(/^allowed: /, "")}`;
}
