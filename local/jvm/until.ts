import { setTimeout as pause } from "node:timers/promises";

const everyMilliseconds = 100;

/**
 * Calls `ready` repeatedly until it resolves with undefined. What it resolves with otherwise, or throws, is the reason
 * why it is not ready. Rejects with the last reason when `signal` aborts.
 */
export async function until(
  what: string,
  ready: () => Promise<string | undefined>,
  signal?: AbortSignal,
): Promise<void> {
  let reason = "not asked yet";
  while (!signal?.aborted) {
    try {
      const answer = await ready();
      if (answer === undefined) return;
      reason = answer;
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
    }
    await pause(everyMilliseconds, undefined, { signal }).catch(() => undefined);
  }
  throw new Error(`${what} is not ready: ${reason}`);
}
