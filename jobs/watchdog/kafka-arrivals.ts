import { Kafka, logLevel } from "kafkajs";
import { eventTopics, type EventTopic } from "../../lake/events";
import { kafkaConnection, type KafkaSecurity } from "../../lake/kafka-security";
import type { PartitionArrivals } from "./bronze-data";

type Admin = ReturnType<Kafka["admin"]>;

function byPartition(offsets: readonly { partition: number; offset: string }[]): ReadonlyMap<number, number> {
  return new Map(offsets.map(({ partition, offset }) => [partition, Number(offset)]));
}

async function partitionsOf(
  admin: Admin,
  topic: EventTopic,
  batchBeganMs: number | undefined,
  limitMs: number,
): Promise<PartitionArrivals[]> {
  // Later questions find larger offsets: none of them may be behind `next`, so that is asked last.
  const young = byPartition(await admin.fetchTopicOffsetsByTimestamp(topic, limitMs));
  const since =
    batchBeganMs === undefined
      ? undefined
      : byPartition(await admin.fetchTopicOffsetsByTimestamp(topic, batchBeganMs));
  return (await admin.fetchTopicOffsets(topic)).map(({ partition, low, high }) => ({
    topic,
    partition,
    first: Number(low),
    next: Number(high),
    sinceBatch: since?.get(partition) ?? Number(low),
    young: young.get(partition) ?? Number(low),
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
    const admin = new Kafka({
      ...kafkaConnection(this.brokers, this.security),
      clientId: "watchdog",
      logLevel: logLevel.NOTHING,
      retry: { retries: 3 },
    }).admin();
    try {
      await admin.connect();
      const topics = [];
      for (const topic of eventTopics) topics.push(await partitionsOf(admin, topic, batchBeganMs, limitMs));
      return topics.flat();
    } catch (error) {
      throw new Error(`Kafka at ${this.brokers} does not answer: ${(error as Error).message}`);
    } finally {
      await admin.disconnect();
    }
  }
}
