import { until } from "../../local/jvm/until";
import type { Platform } from "./platform";

/** Sends probes and follows them through every hop, repeatedly until they arrive. @returns how many seconds it took */
export async function dataFlow(platform: Platform): Promise<number> {
  const startedAt = performance.now();
  await until(
    "a probe that comes through from Kafka to ClickHouse",
    async () => {
      const { code, output } = await platform.smoke("--checks", "probe");
      return code === 0 ? undefined : output.trim().split("\n").at(-1);
    },
    AbortSignal.timeout(600_000),
  );
  return (performance.now() - startedAt) / 1000;
}

/** While data flows: each record once, silver = distinct events, money equal, both paths the same. */
export async function nothingLostNothingTwice(platform: Platform): Promise<void> {
  // Delayed records are allowed to be late.
  const { code, output } = await platform.smoke("--freshness", "3600");
  expect(output).toMatch(/(\d+) of \1 checks passed/);
  expect(code).toBe(0);
}
