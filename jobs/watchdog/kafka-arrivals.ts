import { eventTopics, type EventTopic } from "../../lake/events";
import type { KafkaClient } from "../kafka/client";
import { openKafka } from "../kafka/open";
import type { KafkaSecurity } from "../kafka/security";
import type { PartitionArrivals } from "./bronze-data";

async function partitionsOf(
  kafka: KafkaClient,
  topic: EventTopic,
  batchBeganMs: number | undefined,
  limitMs: number,
): Promise<PartitionArrivals[]> {
  // Later questions find larger offsets: none of them may be behind `next`, so that is asked last.
  const recent = await kafka.offsetsSince(topic, limitMs);
  const since = batchBeganMs === undefined ? undefined : await kafka.offsetsSince(topic, batchBeganMs);
  return (await kafka.offsets(topic)).map(({ partition, first, next }) => ({
    topic,
    partition,
    first,
    next,
    sinceBatch: since?.get(partition) ?? first,
    firstRecent: recent.get(partition) ?? first,
  }));
}

/** Asks Kafka for offsets and reads no record: it needs to see the topics, and no more. */
export class KafkaArrivals {
  constructor(
    private readonly brokers: string,
    private readonly security: KafkaSecurity,
  ) {}

  /** @param batchBeganMs and limitMs: times to tell the offsets of, as `PartitionArrivals` calls them */
  async read(batchBeganMs: number | undefined, limitMs: number): Promise<PartitionArrivals[]> {
    const { brokers, security } = this;
    const kafka = openKafka({ brokers, security, clientId: "watchdog", retries: 3 });
    try {
      const topics = [];
      for (const topic of eventTopics) topics.push(await partitionsOf(kafka, topic, batchBeganMs, limitMs));
      return topics.flat();
    } finally {
      await kafka.close();
    }
  }
}
