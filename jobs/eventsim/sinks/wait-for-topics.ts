import { setTimeout as sleep } from "node:timers/promises";
import { Kafka, KafkaJSSASLAuthenticationError, logLevel } from "kafkajs";
import type { kafkaConnection } from "../../../lake/kafka-security";
import { topics } from "../../../lake/topics";

export type KafkaConnection = ReturnType<typeof kafkaConnection>;

export const longestBackOffMs = 5000;

/** Waiting does not mend it. */
class Refused extends Error {}

export function addressOf({ brokers }: KafkaConnection): string {
  return String(brokers);
}

/**
 * Resolves when Kafka answers and has every topic of the lake.
 * @param trouble is told why it is not so yet, at each try
 * @throws Error when a topic is missing, or Kafka refuses the log-in
 */
export async function waitForTopics(
  connection: KafkaConnection,
  trouble: (reason: string) => void,
): Promise<void> {
  for (let backOffMs = 200; ; backOffMs = Math.min(2 * backOffMs, longestBackOffMs)) {
    const admin = new Kafka({
      ...connection,
      logLevel: logLevel.NOTHING,
      retry: { retries: 0 },
    }).admin();
    try {
      await admin.connect();
      const present = new Set(await admin.listTopics());
      const missing = topics.filter(({ name }) => !present.has(name)).map(({ name }) => name);
      if (missing.length === 0) return;
      throw new Refused(
        `Kafka ${addressOf(connection)} has no topic ${missing.join(", ")}, or does not show it to this user: create them (npm start does), then start EventSim again`,
      );
    } catch (error) {
      if (error instanceof Refused) throw error;
      if (error instanceof KafkaJSSASLAuthenticationError)
        throw new Error(
          `Kafka ${addressOf(connection)} refuses the log-in (${error.message}): correct --kafka-user, --kafka-password-file or --kafka-mechanism`,
        );
      trouble((error as Error).message);
      await sleep(backOffMs);
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
  }
}
