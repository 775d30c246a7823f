import { setTimeout as sleep } from "node:timers/promises";
import type { Hop } from "./hops";
import { readAssignment } from "./assignment";
import { Outcomes, type CheckResult } from "./outcome";
import { openLake, type LakeUnderTest } from "./reading/lake-under-test";

/** A check: resolves with the one number that matters, in words; throws what is wrong. */
export type Body = (lake: LakeUnderTest) => Promise<string>;

export type Check = (name: string, body: Body, timeoutSeconds?: number) => void;

interface HopSettings {
  /** Each check needs the one before it: after the first failure the others are not reached. */
  readonly ordered?: boolean;
}

const defaultTimeoutSeconds = 180;

/** Declares the checks of one hop. They share one set of connections. */
export function hop(name: Hop, declare: (check: Check) => void, settings: HopSettings = {}): void {
  const { options, folder } = readAssignment();
  const outcomes = new Outcomes(folder);
  describe(name, () => {
    let lake: LakeUnderTest | undefined;
    beforeAll(() => {
      lake = openLake(options);
    });
    afterAll(() => lake?.close());
    declare((title, body, timeoutSeconds = defaultTimeoutSeconds) => {
      test(
        title,
        async () => {
          const begunAtMs = Date.now();
          const earlier = settings.ordered
            ? outcomes.all().find((result) => result.hop === name && result.status !== "passed")
            : undefined;
          const blocking = outcomes.blocking(name) ?? earlier;
          const outcome = blocking
            ? notReached(blocking)
            : await attempt(() => body(lake ?? openLake(options)), timeoutSeconds);
          outcomes.add({ name: title, hop: name, seconds: (Date.now() - begunAtMs) / 1000, ...outcome });
          if (outcome.status !== "passed") throw new Error(outcome.message);
        },
        (timeoutSeconds + 30) * 1000,
      );
    });
  });
}

type Outcome = Pick<CheckResult, "status" | "figure" | "message">;

function notReached(blocking: CheckResult): Outcome {
  return {
    status: "not-reached",
    message: `not reached: ${blocking.hop} (${blocking.name}) did not pass`,
  };
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
