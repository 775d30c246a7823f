import { setTimeout as sleep } from "node:timers/promises";
import type { Check, HopChecks } from "./check";
import { checksByHop } from "./checks";
import { hops } from "./hops";
import type { SmokeOptions } from "./options";
import { blocking, type CheckResult } from "./outcome";
import { openLake, type LakeUnderTest } from "./reading/lake-under-test";

/**
 * Runs the checks, hop by hop.
 * @param onCheck gets each outcome as soon as it is known.
 * @returns every outcome; a failed check is an outcome, not an error.
 */
export async function runSmoke(
  options: SmokeOptions,
  onCheck: (result: CheckResult) => void = () => undefined,
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const hop of hops.filter((name) => options.checks.includes(name))) {
    const lake = openLake(options);
    try {
      for (const check of checksByHop[hop].declare()) {
        const result = await runCheck(check, { of: checksByHop[hop], lake, earlier: results });
        results.push(result);
        onCheck(result);
      }
    } finally {
      await lake.close();
    }
  }
  return results;
}

interface Surroundings {
  readonly of: HopChecks;
  readonly lake: LakeUnderTest;
  readonly earlier: readonly CheckResult[];
}

async function runCheck(
  { name, body, timeoutSeconds, about }: Check,
  { of: { hop, isOrdered }, lake, earlier }: Surroundings,
): Promise<CheckResult> {
  const begunAtMs = Date.now();
  const before = isOrdered
    ? earlier.find((result) => result.hop === hop && result.status !== "passed")
    : undefined;
  const blocked = blocking(earlier, hop) ?? before;
  const outcome = blocked ? notReached(blocked) : await attempt(() => body(lake), timeoutSeconds);
  return { name, hop, about: [...about], seconds: (Date.now() - begunAtMs) / 1000, ...outcome };
}

type Outcome = Pick<CheckResult, "status" | "figure" | "message">;

function notReached({ hop, name }: CheckResult): Outcome {
  return { status: "not-reached", message: `not reached: ${hop} (${name}) did not pass` };
}

async function attempt(body: () => Promise<string>, timeoutSeconds: number): Promise<Outcome> {
  const stop = new AbortController();
  const late = sleep(timeoutSeconds * 1000, undefined, { signal: stop.signal }).then(() => {
    throw new Error(`no answer within ${timeoutSeconds} s`);
  });
  try {
    return { status: "passed", figure: await Promise.race([body(), late]) };
  } catch (error) {
    return { status: "failed", message: error instanceof Error ? error.message : String(error) };
  } finally {
    stop.abort();
    await late.catch(() => undefined);
  }
}
