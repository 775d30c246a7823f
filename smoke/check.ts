import type { TableKey } from "../lake/tables";
import type { Hop } from "./hops";
import type { LakeUnderTest } from "./reading/lake-under-test";

/** Resolves with the check's main figure, in words; throws a description of what is wrong. */
export type CheckBody = (lake: LakeUnderTest) => Promise<string>;

export interface Check {
  readonly name: string;
  readonly body: CheckBody;
  readonly timeoutSeconds: number;
  /** The tables whose rows it checks, as `layer.table`; none when it checks something else. */
  readonly about: readonly TableKey[];
}

type More = Partial<Pick<Check, "timeoutSeconds" | "about">>;

/** The checks of one hop, which share one set of connections. */
export interface HopChecks {
  readonly hop: Hop;
  /** Called for each run, so that what one check finds out for the next is not kept any longer. */
  readonly declare: () => readonly Check[];
  /** Each check needs the one before it: after the first failure the others are not reached. */
  readonly isOrdered: boolean;
}

const defaultTimeoutSeconds = 180;

/** @param declare gets a function that adds a check */
export function hopChecks(
  hop: Hop,
  declare: (check: (name: string, body: CheckBody, more?: More) => void) => void,
  { isOrdered = false } = {},
): HopChecks {
  return {
    hop,
    isOrdered,
    declare: () => {
      const checks: Check[] = [];
      declare((name, body, { timeoutSeconds = defaultTimeoutSeconds, about = [] } = {}) =>
        checks.push({ name, body, timeoutSeconds, about }),
      );
      return checks;
    },
  };
}
