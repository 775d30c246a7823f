/** What this project needs of a client of Kafka, and no more: whoever speaks to Kafka in TypeScript does so by this. */
export interface KafkaClient {
  /** `host:port`, several by comma. */
  readonly address: string;
  /** Topics that this user may see, with the number of their partitions. */
  topics(): Promise<ReadonlyMap<string, number>>;
  /** A topic's partitions, ascending. */
  offsets(topic: string): Promise<PartitionOffsets[]>;
  /** By partition: the first offset that arrived at a time (milliseconds since 1970) or later; the next one where there is none. */
  offsetsSince(topic: string, atMs: number): Promise<ReadonlyMap<number, number>>;
  /** Whether brokers have registered and agreed on who leads them. */
  isLed(): Promise<boolean>;
  /** Resolves when every partition has a leader. */
  createTopics(topics: readonly NewTopic[]): Promise<void>;
  /**
   * Records of one topic by offset, whatever codec they were compressed with. Offsets without a record for a reader are passed over.
   * @throws Error when nothing has come for 20 s
   */
  read(topic: string, wanted: WantedOffsets): Promise<KafkaRecord[]>;
  /** Sends each record once, in order: what is sent again after a lost answer is not there twice. */
  producer(): Promise<KafkaProducer>;
  close(): Promise<void>;
}

export interface KafkaProducer {
  /** Resolves when every replica in sync has them. Records of one topic and partition stay in their order. */
  send(batch: readonly TopicRecords[]): Promise<SentRecords[]>;
  close(): Promise<void>;
}

/** One partition's offsets: the first record still there, and the one that comes next. */
export interface PartitionOffsets {
  readonly partition: number;
  readonly first: number;
  readonly next: number;
}

/** Offsets of a topic that are there now. */
export function offsetsThere(partitions: readonly PartitionOffsets[]): number {
  return partitions.reduce((sum, { first, next }) => sum + next - first, 0);
}

/** By partition: the first offset wanted, and the first that is not. */
export type WantedOffsets = ReadonlyMap<number, { readonly from: number; readonly until: number }>;

/** A record as it lies in Kafka. */
export interface KafkaRecord {
  readonly partition: number;
  readonly offset: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly timestampMs: number;
}

/** A record to send; its key chooses the partition where none is named. */
export interface NewRecord {
  readonly key?: string | null;
  readonly value: Buffer | string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timestampMs?: number;
  readonly partition?: number;
}

export interface TopicRecords {
  readonly topic: string;
  readonly records: readonly NewRecord[];
}

/** Where records of a batch came to lie: the first of them at `offset`. */
export interface SentRecords {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

export interface NewTopic {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly config: Readonly<Record<string, string>>;
}

/** Kafka did not do what was asked. */
export class KafkaError extends Error {
  override name = "KafkaError";

  constructor(
    address: string,
    /** In the client library's words. */
    readonly reason: string,
    /** Trying again does not mend it. */
    readonly refusesLogIn: boolean,
  ) {
    super(`Kafka at ${address} does not answer: ${reason}`);
  }
}
