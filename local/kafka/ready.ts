import { openKafka } from "../../jobs/kafka/open";
import { until } from "../jvm/until";

/** Resolves when the broker at `host:port` answers and its cluster has a controller; rejects when `signal` aborts. */
export async function waitForKafka(bootstrap: string, signal?: AbortSignal): Promise<void> {
  await until(
    `Kafka at ${bootstrap}`,
    async () => {
      const kafka = openKafka({
        brokers: bootstrap,
        clientId: "readiness",
        retries: 0,
        requestTimeoutMs: 5_000,
      });
      try {
        return (await kafka.isLed()) ? undefined : "no broker has registered";
      } finally {
        await kafka.close();
      }
    },
    signal,
  );
}
