import { once } from "node:events";

/** Lines to a reader that may have had enough, as `head` has: what comes after that is dropped. */
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
