import { setTimeout as pause } from "node:timers/promises";

const everyMilliseconds = 100;

/**
 * Asks again and again until `ready` resolves with undefined; what it resolves with otherwise, or throws, is why it is
 * not ready. Rejects with the last reason when `signal` ends the wait.
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
