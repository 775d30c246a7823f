import { Kafka, logLevel } from "kafkajs";
import { kafkaConnection } from "../../lake/kafka-security";
import { until } from "../jvm/until";

/** Resolves when the broker at `host:port` answers and leads its own cluster; rejects when `signal` ends the wait. */
export async function waitForKafka(bootstrap: string, signal?: AbortSignal): Promise<void> {
  const kafka = new Kafka({
    clientId: "readiness",
    ...kafkaConnection(bootstrap),
    logLevel: logLevel.NOTHING,
    requestTimeout: 5_000,
    retry: { retries: 0 },
  });
  await until(
    `Kafka at ${bootstrap}`,
    async () => {
      const admin = kafka.admin();
      try {
        await admin.connect();
        const { brokers, controller } = await admin.describeCluster();
        return brokers.length > 0 && controller !== null ? undefined : "no broker has registered";
      } finally {
        await admin.disconnect().catch(() => undefined);
      }
    },
    signal,
  );
}
