import type { Ledger } from "../ledger";
import type { EventRecord } from "../record";
import { toLine } from "./line";
import { LineStream } from "./line-stream";
import type { Sink } from "./sink";

/** Writes the lines of the file sink to standard output, with the topic first. */
export class StdoutSink implements Sink {
  private readonly stream: LineStream;

  /** @param onClosed called when the reader closes the stream, as `head` does */
  constructor(
    private readonly ledger: Ledger,
    out: NodeJS.WritableStream,
    onClosed: () => void,
  ) {
    this.stream = new LineStream(out, onClosed);
  }

  async write(records: readonly EventRecord[]): Promise<void> {
    if (this.stream.isClosed) return;
    for (const record of records) this.ledger.count(record, record.time);
    await this.stream.write(records.map((record) => toLine(record, `"topic":"${record.topic}",`)));
  }

  close(): Promise<void> {
    return this.stream.close();
  }
}
