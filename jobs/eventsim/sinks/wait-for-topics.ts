import { setTimeout as sleep } from "node:timers/promises";
import { topics } from "../../../lake/topics";
import { KafkaError } from "../../kafka/client";
import { openKafka, type KafkaOptions } from "../../kafka/open";

/** Kafka's address, and the log-in. */
export type KafkaAddress = Pick<KafkaOptions, "brokers" | "security">;

export const longestBackOffMs = 5000;

/**
 * Resolves when Kafka answers and has every topic of the lake.
 * @param trouble gets the reason why Kafka is not ready yet, at each attempt
 * @throws Error when a topic is missing, or Kafka refuses the log-in
 */
export async function waitForTopics(address: KafkaAddress, trouble: (reason: string) => void): Promise<void> {
  for (let backOffMs = 200; ; backOffMs = Math.min(2 * backOffMs, longestBackOffMs)) {
    const present = await topicsOf(address, trouble);
    if (present) {
      const missing = topics.filter(({ name }) => !present.has(name)).map(({ name }) => name);
      if (missing.length === 0) return;
      throw new Error(
        `Kafka ${address.brokers} has no topic ${missing.join(", ")}, or does not show it to this user: create them (npm start does), then start EventSim again`,
      );
    }
    await sleep(backOffMs);
  }
}

/** Undefined while Kafka does not answer. */
async function topicsOf(
  address: KafkaAddress,
  trouble: (reason: string) => void,
): Promise<ReadonlyMap<string, number> | undefined> {
  const kafka = openKafka({ ...address, clientId: "eventsim", retries: 0 });
  try {
    return await kafka.topics();
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    if (error.refusesLogIn)
      throw new Error(
        `Kafka ${address.brokers} refuses the log-in (${error.reason}): correct --kafka-user, --kafka-password-file or --kafka-mechanism`,
      );
    trouble(error.reason);
    return undefined;
  } finally {
    await kafka.close();
  }
}
