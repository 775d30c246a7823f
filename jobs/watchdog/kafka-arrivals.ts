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
  // Later requests find larger offsets. None may exceed `next`, which is therefore requested last.
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

/** Asks Kafka for offsets but reads no records: its user only needs to see the topics. */
export class KafkaArrivals {
  constructor(
    private readonly brokers: string,
    private readonly security: KafkaSecurity,
  ) {}

  /** @param batchBeganMs and limitMs: the times for `sinceBatch` and `firstRecent` of `PartitionArrivals` */
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
