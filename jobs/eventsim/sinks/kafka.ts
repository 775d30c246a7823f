import {
  Kafka,
  logLevel,
  Partitioners,
  type IHeaders,
  type Message,
  type Producer,
  type TopicMessages,
} from "kafkajs";
import { eventSchemas, type EventTopic } from "../../../lake/events";
import { ledgerEndKey, ledgerEntryKey } from "../../../lake/ledger";
import { fraudTruthTopic, ledgerTopic } from "../../../lake/topics";
import type { Ledger } from "../ledger";
import type { EventRecord } from "../record";
import type { Sink } from "./sink";
import { addressOf, longestBackOffMs, waitForTopics, type KafkaConnection } from "./wait-for-topics";

const batchRecords = 1000;

/** Kafka refuses a partition's batch of more than 1 MiB; a batch may go to one partition only. */
const batchBytes = 800_000;

/** Records that may wait for Kafka before the simulation waits too. */
const waitingRecords = 10_000;
const waitingBytes = 8_000_000;

const ledgerEveryMs = 1000;
const sayTroubleAfterMs = 2000;

function bytesOf({ key, value }: EventRecord): number {
  return 200 + key.length + (value === null ? 0 : value.length);
}

/**
 * Kafka, each record exactly once and in order: one batch is under way at a time, and sent again until it is
 * acknowledged. The ledger goes the same way, and says only what was acknowledged.
 */
export class KafkaSink implements Sink {
  private waiting: EventRecord[] = [];
  private waitingBytes = 0;
  private failure: Error | undefined;
  private sending: Promise<void> | undefined;
  private room: (() => void)[] = [];
  private ledgerSentAt = 0;
  private ledgerTimer: NodeJS.Timeout | undefined;
  private troubleTimer: NodeJS.Timeout | undefined;
  private troubleSaid = false;

  private constructor(
    private readonly connection: KafkaConnection,
    private readonly ledger: Ledger,
    private readonly say: (line: string) => void,
  ) {
    this.producer = this.client().producer({
      idempotent: true,
      createPartitioner: Partitioners.DefaultPartitioner,
    });
  }

  private readonly producer: Producer;

  private get address(): string {
    return addressOf(this.connection);
  }

  /**
   * Waits until the broker is reachable.
   * @param say takes one line for the user
   * @throws Error when a topic is missing, or Kafka does not let EventSim in
   */
  static async connect(
    connection: KafkaConnection,
    ledger: Ledger,
    say: (line: string) => void,
  ): Promise<KafkaSink> {
    const sink = new KafkaSink(connection, ledger, say);
    await waitForTopics(connection, (reason) => sink.trouble(reason));
    sink.wellAgain();
    await sink.producer.connect();
    return sink;
  }

  async write(records: readonly EventRecord[]): Promise<void> {
    for (const record of records) {
      this.waiting.push(record);
      this.waitingBytes += bytesOf(record);
    }
    this.sending ??= this.sendAll();
    while (!this.failure && (this.waiting.length > waitingRecords || this.waitingBytes > waitingBytes))
      await new Promise<void>((resolve) => this.room.push(resolve));
    if (this.failure) throw this.failure;
  }

  async close(): Promise<void> {
    while (!this.failure && this.waiting.length > 0) await (this.sending ??= this.sendAll());
    await this.sending;
    if (this.failure) throw this.failure;
    clearTimeout(this.ledgerTimer);
    const { source } = this.ledger;
    const said = { source, endedAt: new Date().toISOString() };
    const end = { key: ledgerEndKey(source), value: JSON.stringify(said) };
    const messages = [...this.ledgerMessages(), end];
    await this.producer.sendBatch({ topicMessages: [{ topic: ledgerTopic, messages }] });
    await this.producer.disconnect();
  }

  private async sendAll(): Promise<void> {
    try {
      do await this.send(this.takeBatch());
      while (this.waiting.length > 0);
    } catch (error) {
      this.failure = new Error(`Kafka ${this.address} refused records: ${(error as Error).message}`);
    }
    this.sending = undefined;
    this.releaseWriters();
    // Where records are rare, the ledger does not wait for the next one.
    this.ledgerTimer ??= setTimeout(() => {
      this.ledgerTimer = undefined;
      if (this.ledger.hasChanged && !this.failure) this.sending ??= this.sendAll();
    }, ledgerEveryMs);
  }

  /** @param batch may be empty: then only the ledger is sent, if it is time to */
  private async send(batch: readonly EventRecord[]): Promise<void> {
    const at = Date.now();
    const topicMessages = this.messages(batch, at);
    if (this.ledger.hasChanged && at - this.ledgerSentAt >= ledgerEveryMs) {
      this.ledgerSentAt = at;
      topicMessages.push({ topic: ledgerTopic, messages: this.ledgerMessages() });
    }
    if (topicMessages.length > 0) await this.producer.sendBatch({ topicMessages });
    for (const record of batch) this.ledger.count(record, at);
    this.wellAgain();
    this.releaseWriters();
  }

  private takeBatch(): EventRecord[] {
    let bytes = 0;
    let count = 0;
    for (const record of this.waiting) {
      if (count === batchRecords || (count > 0 && bytes + bytesOf(record) > batchBytes)) break;
      bytes += bytesOf(record);
      count++;
    }
    this.waitingBytes -= bytes;
    return this.waiting.splice(0, count);
  }

  private messages(batch: readonly EventRecord[], at: number): TopicMessages[] {
    const timestamp = String(at);
    const byTopic = new Map<string, Message[]>();
    const add = (topic: string, message: Message) => {
      const messages = byTopic.get(topic);
      if (messages) messages.push(message);
      else byTopic.set(topic, [message]);
    };
    for (const { topic, key, value, fraud } of batch) {
      add(topic, { key, value, timestamp, headers: this.headers(topic) });
      if (fraud) add(fraudTruthTopic, { key, value: JSON.stringify(fraud), timestamp });
    }
    return [...byTopic].map(([topic, messages]) => ({ topic, messages }));
  }

  private headers(topic: EventTopic): IHeaders {
    return { source: this.ledger.source, event_schema: `${topic}/${eventSchemas[topic].version}` };
  }

  private ledgerMessages(): Message[] {
    return this.ledger
      .takeChanged()
      .map((entry) => ({ key: ledgerEntryKey(entry), value: JSON.stringify(entry) }));
  }

  private releaseWriters(): void {
    for (const release of this.room.splice(0)) release();
  }

  /** Said once, until records are taken again; what passes at once is not said. */
  private trouble(reason: string): void {
    this.troubleTimer ??= setTimeout(() => {
      this.troubleSaid = true;
      this.say(`Kafka ${this.address} takes no records (${reason}); they wait, and it is tried again`);
    }, sayTroubleAfterMs);
  }

  private wellAgain(): void {
    clearTimeout(this.troubleTimer);
    if (this.troubleSaid) this.say(`Kafka ${this.address} takes records again`);
    this.troubleTimer = undefined;
    this.troubleSaid = false;
  }

  private client(): Kafka {
    return new Kafka({
      clientId: this.ledger.source,
      ...this.connection,
      retry: { initialRetryTime: 200, maxRetryTime: longestBackOffMs, retries: Number.MAX_SAFE_INTEGER },
      logLevel: logLevel.ERROR,
      logCreator: () => (entry) => this.trouble(entry.log.message),
    });
  }
}
