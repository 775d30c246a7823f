import { setTimeout as sleep } from "node:timers/promises";
import type { Step } from "../../lake/layout";
import type { LakeUnderTest } from "../reading/lake-under-test";
import { observedIntervalSeconds } from "../reading/observed-interval";
import type { Progress } from "../reading/progress";

/** Looks at a hop once. Resolves with undefined when the probe is there, else with the reason why not, in words. */
export type Look = () => Promise<string | undefined>;

const betweenLooksSeconds = 1;
const startSeconds = 60;
const intervals = 5;
/** Upper bound: an idle lake commits rarely, and the time between its commits is then not its interval. */
const longestIntervalSeconds = 60;

/**
 * Looks until the probe has reached a hop. Resolves with the seconds since `sentAtMs`, in words; rejects with what was
 * seen last.
 */
export async function awaitHop(
  hop: string,
  { sentAtMs, timeoutSeconds }: { sentAtMs: number; timeoutSeconds: number },
  look: Look,
): Promise<string> {
  const begunAtMs = Date.now();
  let seen: string | undefined;
  for (;;) {
    try {
      seen = await look();
    } catch (error) {
      // A table may be switched while it is read.
      seen = error instanceof Error ? error.message : String(error);
    }
    if (seen === undefined) return `${((Date.now() - sentAtMs) / 1000).toFixed(1)} s after it was sent`;
    if (Date.now() - begunAtMs > timeoutSeconds * 1000)
      throw new Error(`${hop}: ${seen}, after ${Math.round((Date.now() - begunAtMs) / 1000)} s`);
    await sleep(betweenLooksSeconds * 1000);
  }
}

/** How long to wait for a step: a multiple of its interval, from the options or from its records. */
export function patienceSeconds({ options }: LakeUnderTest, progress: Progress, step: Step): number {
  const told = step === "bronze" ? options.triggerSeconds : options.everySeconds;
  const observed = observedIntervalSeconds(progress[step]) ?? longestIntervalSeconds;
  return startSeconds + intervals * (told ?? Math.min(observed, longestIntervalSeconds));
}

/** The newest commit of a step, in words. */
export function newestCommit(
  name: string,
  number: number | undefined,
  committedAt: string | undefined,
): string {
  if (number === undefined || committedAt === undefined) return `there is no ${name} yet`;
  const seconds = Math.round((Date.now() - Date.parse(committedAt)) / 1000);
  return `the newest ${name} is ${number} of ${committedAt}, ${seconds} s ago`;
}
