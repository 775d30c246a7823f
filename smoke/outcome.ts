import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
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

/** The outcomes of one run of the checks, one a line, in a file: jest gives each file of checks a world of its own. */
export class Outcomes {
  private readonly path: string;

  constructor(folder: string) {
    this.path = join(folder, "outcomes.ndjson");
  }

  add(result: CheckResult): void {
    appendFileSync(this.path, `${JSON.stringify(result)}\n`);
  }

  all(): CheckResult[] {
    if (!existsSync(this.path)) return [];
    const lines = readFileSync(this.path, "utf8").split("\n").slice(0, -1);
    return lines.map((line) => checkResult.parse(JSON.parse(line)));
  }

  /** The first check that did not pass among the hops that `hop` needs. */
  blocking(hop: Hop): CheckResult | undefined {
    const needed = neededHops[hop];
    return this.all().find((result) => result.status !== "passed" && needed.includes(result.hop));
  }
}

/** A check that found something else than it should have. */
export class Mismatch extends Error {
  override name = "Mismatch";

  constructor(what: { expected: string; got: string; look: string }) {
    super(`expected ${what.expected}; got ${what.got}; look at ${what.look}`);
  }
}
