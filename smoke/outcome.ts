import { z } from "zod";
import { hops, neededHops, type Hop } from "./hops";

/** What one check found. */
export const checkResult = z.object({
  name: z.string(),
  hop: z.enum(hops),
  status: z.enum(["passed", "failed", "not-reached"]),
  seconds: z.number().nonnegative(),
  /** The one number that matters, in words. */
  figure: z.string().optional(),
  /** What was expected, what was got and where to look. */
  message: z.string().optional(),
});

export type CheckResult = z.infer<typeof checkResult>;

/** The first outcome that did not pass among the hops that `hop` needs. */
export function blocking(earlier: readonly CheckResult[], hop: Hop): CheckResult | undefined {
  const needed = neededHops[hop];
  return earlier.find((result) => result.status !== "passed" && needed.includes(result.hop));
}

/** A check that found something else than it should have. */
export class Mismatch extends Error {
  override name = "Mismatch";

  constructor(what: { expected: string; got: string; look: string }) {
    super(`expected ${what.expected}; got ${what.got}; look at ${what.look}`);
  }
}
