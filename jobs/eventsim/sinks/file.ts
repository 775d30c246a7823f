import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { eventTopics } from "../../../lake/events";
import { ledgerTopic, fraudTruthTopic } from "../../../lake/topics";
import type { Ledger } from "../ledger";
import type { EventRecord } from "../record";
import type { Shard } from "../simulation-options";
import { toLine } from "./line";
import type { Sink } from "./sink";

const flushAtCharacters = 1 << 20;

/** A file to which text is written in large pieces. */
class Lines {
  private readonly file: number;
  private text = "";

  constructor(path: string) {
    this.file = openSync(path, "w");
  }

  add(line: string): void {
    this.text += line;
    if (this.text.length > flushAtCharacters) this.flush();
  }

  close(): void {
    this.flush();
    closeSync(this.file);
  }

  private flush(): void {
    let bytes = Buffer.from(this.text);
    while (bytes.length > 0) bytes = bytes.subarray(writeSync(this.file, bytes));
    this.text = "";
  }
}

/** One NDJSON file per topic in a folder, and the ledger at the end. Files of an earlier run are replaced. */
export class FileSink implements Sink {
  private readonly topics: ReadonlyMap<string, Lines>;

  constructor(
    private readonly folder: string,
    private readonly shard: Shard,
    private readonly ledger: Ledger,
  ) {
    mkdirSync(folder, { recursive: true });
    this.topics = new Map(
      [...eventTopics, fraudTruthTopic].map((topic) => [topic, new Lines(this.path(topic))]),
    );
  }

  write(records: readonly EventRecord[]): Promise<void> {
    for (const record of records) {
      this.topics.get(record.topic)?.add(toLine(record));
      if (record.fraud) this.topics.get(fraudTruthTopic)?.add(`${JSON.stringify(record.fraud)}\n`);
      this.ledger.count(record, record.time);
    }
    return Promise.resolve();
  }

  close(): Promise<void> {
    for (const lines of this.topics.values()) lines.close();
    const entries = this.ledger.all().map((entry) => `${JSON.stringify(entry)}\n`);
    writeFileSync(this.path(ledgerTopic), entries.join(""));
    return Promise.resolve();
  }

  /** Files of several shards live side by side. */
  private path(topic: string): string {
    const { part, of } = this.shard;
    return join(this.folder, of === 1 ? `${topic}.ndjson` : `${topic}.${part}-of-${of}.ndjson`);
  }
}
