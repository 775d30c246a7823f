import { z } from "zod";
import { hops, neededHops, type Hop } from "./hops";

/** The outcome of one check. */
export const checkResult = z.object({
  name: z.string(),
  hop: z.enum(hops),
  /** The tables whose rows it checks, as `layer.table`. */
  about: z.array(z.string()),
  status: z.enum(["passed", "failed", "not-reached"]),
  seconds: z.number().nonnegative(),
  /** The check's main figure, in words. */
  figure: z.string().optional(),
  /** What was expected, what was found and where to look. */
  message: z.string().optional(),
});

export type CheckResult = z.infer<typeof checkResult>;

/** The first outcome that did not pass, of the hops that `hop` needs. */
export function blocking(earlier: readonly CheckResult[], hop: Hop): CheckResult | undefined {
  const needed = neededHops[hop];
  return earlier.find((result) => result.status !== "passed" && needed.includes(result.hop));
}

/** Thrown when a check finds something other than expected. */
export class Mismatch extends Error {
  override name = "Mismatch";

  constructor(what: { expected: string; got: string; look: string }) {
    super(`expected ${what.expected}; got ${what.got}; look at ${what.look}`);
  }
}
