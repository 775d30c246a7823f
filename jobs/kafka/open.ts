import "./timer-warning";
import { Kafka, KafkaJSSASLAuthenticationError, logLevel, Partitioners, type Admin } from "kafkajs";
import { KafkaError, type KafkaClient, type KafkaProducer, type NewRecord } from "./client";
import { readRecords } from "./read-records";
import { connectionOf, type KafkaSecurity } from "./security";

export interface KafkaOptions {
  /** `host:port`, several separated by commas: the first one that answers names the others. */
  readonly brokers: string;
  readonly security?: KafkaSecurity | undefined;
  /** The client's name in Kafka's logs and quotas. */
  readonly clientId: string;
  /** How often a failed request is retried before the call rejects. */
  readonly retries: number;
  /** Longest pause between two attempts. */
  readonly longestBackOffMs?: number;
  readonly requestTimeoutMs?: number;
  /** Called with the reason for a retry, in one line. */
  readonly onTrouble?: (reason: string) => void;
}

/** Opens no connection until the first request. The caller closes the client. */
export function openKafka(options: KafkaOptions): KafkaClient {
  const { brokers, security, clientId, retries, longestBackOffMs, requestTimeoutMs, onTrouble } = options;
  const kafka = new Kafka({
    ...connectionOf(brokers, security),
    clientId,
    retry: { retries, ...(longestBackOffMs !== undefined && { maxRetryTime: longestBackOffMs }) },
    ...(requestTimeoutMs !== undefined && { requestTimeout: requestTimeoutMs }),
    logLevel: onTrouble ? logLevel.ERROR : logLevel.NOTHING,
    ...(onTrouble && { logCreator: () => (entry) => onTrouble(entry.log.message) }),
  });
  return new KafkajsClient(brokers, kafka);
}

class KafkajsClient implements KafkaClient {
  private readonly admin: Admin;
  private connected: Promise<void> | undefined;

  constructor(
    readonly address: string,
    private readonly kafka: Kafka,
  ) {
    this.admin = kafka.admin();
  }

  async topics(): Promise<ReadonlyMap<string, number>> {
    const { topics } = await this.ask((admin) => admin.fetchTopicMetadata());
    return new Map(topics.map(({ name, partitions }) => [name, partitions.length]));
  }

  async offsets(topic: string) {
    const partitions = await this.ask((admin) => admin.fetchTopicOffsets(topic));
    return partitions
      .map(({ partition, low, high }) => ({ partition, first: Number(low), next: Number(high) }))
      .sort((a, b) => a.partition - b.partition);
  }

  async offsetsSince(topic: string, atMs: number): Promise<ReadonlyMap<number, number>> {
    const partitions = await this.ask((admin) => admin.fetchTopicOffsetsByTimestamp(topic, atMs));
    return new Map(partitions.map(({ partition, offset }) => [partition, Number(offset)]));
  }

  async isLed(): Promise<boolean> {
    const { brokers, controller } = await this.ask((admin) => admin.describeCluster());
    return brokers.length > 0 && controller !== null;
  }

  async createTopics(topics: Parameters<KafkaClient["createTopics"]>[0]): Promise<void> {
    await this.ask((admin) =>
      admin.createTopics({
        waitForLeaders: true,
        topics: topics.map(({ name, partitions, replicationFactor, config }) => ({
          topic: name,
          numPartitions: partitions,
          replicationFactor,
          configEntries: Object.entries(config).map(([key, value]) => ({ name: key, value })),
        })),
      }),
    );
  }

  read(...[topic, wanted]: Parameters<KafkaClient["read"]>) {
    const deleteGroup = (groupId: string) => this.ask((admin) => admin.deleteGroups([groupId]));
    return readRecords(this.kafka, topic, wanted, deleteGroup);
  }

  async producer(): Promise<KafkaProducer> {
    const producer = this.kafka.producer({
      idempotent: true,
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    await producer.connect().catch((error: unknown) => this.fail(error));
    return {
      send: async (batch) => {
        const topicMessages = batch
          .filter(({ records }) => records.length > 0)
          .map(({ topic, records }) => ({ topic, messages: records.map(messageOf) }));
        if (topicMessages.length === 0) return [];
        return (await producer.sendBatch({ topicMessages })).map(({ topicName, partition, baseOffset }) => ({
          topic: topicName,
          partition,
          offset: Number(baseOffset),
        }));
      },
      close: () => producer.disconnect(),
    };
  }

  async close(): Promise<void> {
    if (this.connected) await this.admin.disconnect().catch(() => undefined);
  }

  private async ask<T>(call: (admin: Admin) => Promise<T>): Promise<T> {
    try {
      this.connected ??= this.admin.connect();
      await this.connected;
    } catch (error) {
      this.connected = undefined;
      return this.fail(error);
    }
    return call(this.admin).catch((error: unknown) => this.fail(error));
  }

  private fail(error: unknown): never {
    const refusesLogIn = error instanceof KafkaJSSASLAuthenticationError;
    throw new KafkaError(this.address, (error as Error).message, refusesLogIn);
  }
}

function messageOf({ timestampMs, headers, ...record }: NewRecord) {
  return {
    ...record,
    ...(timestampMs !== undefined && { timestamp: String(timestampMs) }),
    ...(headers && { headers: { ...headers } }),
  };
}
