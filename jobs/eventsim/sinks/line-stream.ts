import { once } from "node:events";

/** Writes lines to a reader that may close the stream, as `head` does; later lines are dropped. */
export class LineStream {
  private closed = false;

  /** @param onClosed called when the reader goes away */
  constructor(
    private readonly out: NodeJS.WritableStream,
    onClosed: () => void = () => undefined,
  ) {
    out.on("error", () => {
      this.closed = true;
      onClosed();
    });
  }

  get isClosed(): boolean {
    return this.closed;
  }

  /** Resolves when there is room for more. */
  async write(lines: readonly string[]): Promise<void> {
    if (this.closed || this.out.write(lines.join(""))) return;
    // Rejects when the reader goes away meanwhile.
    await once(this.out, "drain").catch(() => undefined);
  }

  /** Resolves when all is written. */
  async close(): Promise<void> {
    if (!this.closed) await new Promise<void>((resolve) => this.out.write("", () => resolve()));
  }
}
