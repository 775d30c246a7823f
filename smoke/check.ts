import type { Hop } from "./hops";
import type { LakeUnderTest } from "./reading/lake-under-test";

/** Resolves with the one number that matters, in words; throws what is wrong. */
export type CheckBody = (lake: LakeUnderTest) => Promise<string>;

export interface Check {
  readonly name: string;
  readonly body: CheckBody;
  readonly timeoutSeconds: number;
}

/** The checks of one hop, which share one set of connections. */
export interface HopChecks {
  readonly hop: Hop;
  /** Made anew for each run: what one check finds out for the next is kept no longer. */
  readonly declare: () => readonly Check[];
  /** Each check needs the one before it: after the first failure the others are not reached. */
  readonly isOrdered: boolean;
}

const defaultTimeoutSeconds = 180;

/** @param declare is given what adds a check */
export function hopChecks(
  hop: Hop,
  declare: (check: (name: string, body: CheckBody, timeoutSeconds?: number) => void) => void,
  { isOrdered = false } = {},
): HopChecks {
  return {
    hop,
    isOrdered,
    declare: () => {
      const checks: Check[] = [];
      declare((name, body, timeoutSeconds = defaultTimeoutSeconds) =>
        checks.push({ name, body, timeoutSeconds }),
      );
      return checks;
    },
  };
}
