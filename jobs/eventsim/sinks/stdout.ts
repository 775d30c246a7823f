import { once } from "node:events";
import type { Ledger } from "../ledger";
import type { EventRecord } from "../record";
import { toLine } from "./line";
import type { Sink } from "./sink";

/** The lines of the file sink, with the topic first. */
export class StdoutSink implements Sink {
  private closed = false;

  /** @param onClosed called when the reader has had enough, as `head` has */
  constructor(
    private readonly ledger: Ledger,
    private readonly out: NodeJS.WritableStream,
    onClosed: () => void,
  ) {
    out.on("error", () => {
      this.closed = true;
      onClosed();
    });
  }

  async write(records: readonly EventRecord[]): Promise<void> {
    if (this.closed) return;
    const lines = records.map((record) => toLine(record, `"topic":"${record.topic}",`));
    for (const record of records) this.ledger.count(record, record.time);
    if (this.out.write(lines.join(""))) return;
    // Rejects when the reader goes away meanwhile.
    await once(this.out, "drain").catch(() => undefined);
  }

  async close(): Promise<void> {
    if (!this.closed) await new Promise<void>((resolve) => this.out.write("", () => resolve()));
  }
}
