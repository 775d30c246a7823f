import { setTimeout as sleep } from "node:timers/promises";

/**
 * Retries a comparison while the lake is being written to: a reader of live files may see half a rewrite.
 * One attempt that succeeds is a proof; otherwise the last attempt's error is the failure.
 */
export async function steady<T>(
  { settled, attempts = 5, pauseSeconds = 3 }: { settled: boolean; attempts?: number; pauseSeconds?: number },
  attempt: () => Promise<T>,
): Promise<T> {
  for (let left = settled ? 1 : attempts; ; left -= 1) {
    try {
      return await attempt();
    } catch (error) {
      if (left <= 1) throw error;
      await sleep(pauseSeconds * 1000);
    }
  }
}
