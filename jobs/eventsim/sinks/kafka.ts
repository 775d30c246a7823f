import { eventSchemas, type EventTopic } from "../../../lake/events";
import { ledgerEndKey, ledgerEntryKey } from "../../../lake/ledger";
import { fraudTruthTopic, ledgerTopic } from "../../../lake/topics";
import type { KafkaProducer, NewRecord, TopicRecords } from "../../kafka/client";
import { openKafka } from "../../kafka/open";
import type { Ledger } from "../ledger";
import type { EventRecord } from "../record";
import type { Sink } from "./sink";
import { Trouble } from "./trouble";
import { longestBackOffMs, waitForTopics, type KafkaAddress } from "./wait-for-topics";

const batchRecords = 1000;

/** Kafka refuses more than 1 MiB for one partition at once, and all records of a batch may go to one partition. */
const batchBytes = 800_000;

/** How much may wait for Kafka before the simulation waits, too. */
const waitingRecords = 10_000;
const waitingBytes = 8_000_000;

const ledgerEveryMs = 1000;

function bytesOf({ key, value }: EventRecord): number {
  return 200 + key.length + (value === null ? 0 : value.length);
}

/**
 * Sends each record to Kafka exactly once and in order: one batch is in flight at a time, and is sent again until it is
 * acknowledged. The ledger is sent the same way, and only counts acknowledged records.
 */
export class KafkaSink implements Sink {
  private waiting: EventRecord[] = [];
  private waitingBytes = 0;
  private failure: Error | undefined;
  private sending: Promise<void> | undefined;
  private room: (() => void)[] = [];
  private ledgerSentAt = 0;
  private ledgerTimer: NodeJS.Timeout | undefined;

  private constructor(
    private readonly address: string,
    private readonly producer: KafkaProducer,
    private readonly ledger: Ledger,
    private readonly trouble: Trouble,
  ) {}

  /**
   * Waits until the broker is reachable.
   * @param say prints one line for the user
   * @throws Error when a topic is missing, or Kafka refuses the log-in
   */
  static async connect(
    address: KafkaAddress,
    ledger: Ledger,
    say: (line: string) => void,
  ): Promise<KafkaSink> {
    const trouble = new Trouble(address.brokers, say);
    const onTrouble = (reason: string) => trouble.begins(reason);
    await waitForTopics(address, onTrouble);
    trouble.isOver();
    const retries = Number.MAX_SAFE_INTEGER;
    const kafka = openKafka({ ...address, clientId: ledger.source, retries, longestBackOffMs, onTrouble });
    return new KafkaSink(address.brokers, await kafka.producer(), ledger, trouble);
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
    await this.producer.send([{ topic: ledgerTopic, records: [...this.ledgerRecords(), end] }]);
    await this.producer.close();
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
    // When records are rare, the ledger is sent without waiting for the next one.
    this.ledgerTimer ??= setTimeout(() => {
      this.ledgerTimer = undefined;
      if (this.ledger.hasChanged && !this.failure) this.sending ??= this.sendAll();
    }, ledgerEveryMs);
  }

  /** @param batch may be empty; then only the ledger is sent, if it is due */
  private async send(batch: readonly EventRecord[]): Promise<void> {
    const at = Date.now();
    const records = this.records(batch, at);
    if (this.ledger.hasChanged && at - this.ledgerSentAt >= ledgerEveryMs) {
      this.ledgerSentAt = at;
      records.push({ topic: ledgerTopic, records: this.ledgerRecords() });
    }
    await this.producer.send(records);
    for (const record of batch) this.ledger.count(record, at);
    this.trouble.isOver();
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

  private records(batch: readonly EventRecord[], timestampMs: number): TopicRecords[] {
    const byTopic = new Map<string, NewRecord[]>();
    const add = (topic: string, record: NewRecord) => {
      const records = byTopic.get(topic);
      if (records) records.push(record);
      else byTopic.set(topic, [record]);
    };
    for (const { topic, key, value, fraud } of batch) {
      add(topic, { key, value, timestampMs, headers: this.headers(topic) });
      if (fraud) add(fraudTruthTopic, { key, value: JSON.stringify(fraud), timestampMs });
    }
    return [...byTopic].map(([topic, records]) => ({ topic, records }));
  }

  private headers(topic: EventTopic): Record<string, string> {
    return { source: this.ledger.source, event_schema: `${topic}/${eventSchemas[topic].version}` };
  }

  private ledgerRecords(): NewRecord[] {
    return this.ledger
      .takeChanged()
      .map((entry) => ({ key: ledgerEntryKey(entry), value: JSON.stringify(entry) }));
  }

  private releaseWriters(): void {
    for (const release of this.room.splice(0)) release();
  }
}
