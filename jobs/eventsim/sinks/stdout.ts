import { once } from "node:events";
import type { Ledger } from "../ledger";
import type { EventRecord } from "../record";
import { toLine } from "./line";
import type { Sink } from "./sink";

/** The lines of the file sink, with the topic first. */
export class StdoutSink implements Sink {
  constructor(
    private readonly ledger: Ledger,
    private readonly out: NodeJS.WritableStream,
  ) {}

  async write(records: readonly EventRecord[]): Promise<void> {
    const lines = records.map((record) => toLine(record, `"topic":"${record.topic}",`));
    for (const record of records) this.ledger.count(record, record.time);
    if (!this.out.write(lines.join(""))) await once(this.out, "drain");
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.out.write("", () => resolve()));
  }
}
