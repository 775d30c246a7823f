/** The part of a Kafka client that this project needs. All TypeScript code uses Kafka through it. */
export interface KafkaClient {
  /** `host:port`, several separated by commas. */
  readonly address: string;
  /** Topics that this user may see, with their number of partitions. */
  topics(): Promise<ReadonlyMap<string, number>>;
  /** A topic's partitions, ascending. */
  offsets(topic: string): Promise<PartitionOffsets[]>;
  /** By partition: the first offset that arrived at `atMs` (ms since 1970) or later; without one, the next offset. */
  offsetsSince(topic: string, atMs: number): Promise<ReadonlyMap<number, number>>;
  /** Whether brokers have registered and elected a controller. */
  isLed(): Promise<boolean>;
  /** Resolves when every partition has a leader. */
  createTopics(topics: readonly NewTopic[]): Promise<void>;
  /**
   * Records of one topic by offset, whatever their compression codec. Offsets without a record for readers are skipped.
   * @throws Error when nothing has come for 20 s
   */
  read(topic: string, wanted: WantedOffsets): Promise<KafkaRecord[]>;
  /** Sends each record once, in order: a retry after a lost answer creates no duplicate. */
  producer(): Promise<KafkaProducer>;
  close(): Promise<void>;
}

export interface KafkaProducer {
  /** Resolves when every in-sync replica has the records. Records of one topic and partition keep their order. */
  send(batch: readonly TopicRecords[]): Promise<SentRecords[]>;
  close(): Promise<void>;
}

/** One partition's offsets: that of the first record still there, and that of the next record to come. */
export interface PartitionOffsets {
  readonly partition: number;
  readonly first: number;
  readonly next: number;
}

/** Number of offsets that a topic holds now. */
export function offsetsThere(partitions: readonly PartitionOffsets[]): number {
  return partitions.reduce((sum, { first, next }) => sum + next - first, 0);
}

/** By partition: the first offset wanted, and the first one no longer wanted. */
export type WantedOffsets = ReadonlyMap<number, { readonly from: number; readonly until: number }>;

/** A record as Kafka stores it. */
export interface KafkaRecord {
  readonly partition: number;
  readonly offset: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  /** By name; of several headers of one name, the first. */
  readonly headers: ReadonlyMap<string, string>;
  readonly timestampMs: number;
}

/** A record to send; its key determines the partition unless one is given. */
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

/** Where records of a batch were stored: the first of them at `offset`. */
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

/** Kafka did not answer, or refused a request. */
export class KafkaError extends Error {
  override name = "KafkaError";

  constructor(
    address: string,
    /** In the client library's words. */
    readonly reason: string,
    /** Whether Kafka refuses the log-in, so that retries don't help. */
    readonly refusesLogIn: boolean,
  ) {
    super(`Kafka at ${address} does not answer: ${reason}`);
  }
}
