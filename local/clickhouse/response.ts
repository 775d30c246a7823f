import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import * as zlib from "node:zlib";
import { httpStatus, type ClickHouseError } from "./errors";

/** What ClickHouse says of a query in X-ClickHouse-Summary; what the engine does not tell is left out. */
export interface Summary {
  readonly resultRows?: number;
  readonly resultBytes?: number;
  readonly writtenRows?: number;
  readonly elapsedSeconds: number;
}

export function summaryHeader(summary: Summary): string {
  const { resultRows, resultBytes, writtenRows, elapsedSeconds } = summary;
  const counts = {
    read_rows: resultRows ?? writtenRows,
    read_bytes: resultBytes,
    written_rows: writtenRows,
    result_rows: resultRows,
    result_bytes: resultBytes,
    elapsed_ns: Math.round(elapsedSeconds * 1e9),
  };
  return JSON.stringify(counts, (_, value: unknown) => (typeof value === "number" ? String(value) : value));
}

const encoders = {
  br: () => zlib.createBrotliCompress({ params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 } }),
  gzip: () => zlib.createGzip({ level: 3 }),
  deflate: () => zlib.createDeflate({ level: 3 }),
};

/** @returns the coding to answer in; ClickHouse looks at the names only, not at their weights. */
export function chooseCoding(acceptEncoding: string | undefined): keyof typeof encoders | undefined {
  const offered = (acceptEncoding ?? "").toLowerCase();
  return (["br", "gzip", "deflate"] as const).find((coding) => offered.includes(coding));
}

export interface Body {
  readonly contentType: string;
  readonly format: string;
  readonly acceptEncoding: string | undefined;
  readonly bufferBytes: number;
}

/** The answer to one query: its first megabyte is held back, so that an early error still gets its status. */
export class Answer {
  private held: Buffer[] = [];
  private heldBytes = 0;
  private out: ServerResponse | Duplex | undefined;
  private readonly exceptionTag = randomBytes(8).toString("hex");

  constructor(
    private readonly response: ServerResponse,
    private readonly version: string,
  ) {}

  /** Whether any of the result has come. */
  get begun(): boolean {
    return this.out !== undefined || this.heldBytes > 0;
  }

  /** Resolves when the client has taken enough for more. */
  async write(chunk: Buffer, body: Body): Promise<void> {
    if (this.response.destroyed) return;
    if (this.out === undefined) {
      this.held.push(chunk);
      this.heldBytes += chunk.length;
      if (this.heldBytes <= body.bufferBytes) return;
      this.start(body, { elapsedSeconds: 0 });
    } else if (!this.out.write(chunk)) {
      await this.drained(this.out);
    }
  }

  end(body: Body | undefined, summary: Summary): void {
    if (this.response.destroyed) return;
    if (this.out === undefined) {
      if (body !== undefined && this.heldBytes > 0) {
        if (chooseCoding(body.acceptEncoding) === undefined) {
          this.response.setHeader("Content-Length", this.heldBytes);
        }
        this.start(body, summary);
      } else {
        if (body !== undefined) this.describe(body);
        this.response.setHeader("X-ClickHouse-Summary", summaryHeader(summary));
        this.response.setHeader("Content-Length", 0);
      }
    }
    (this.out ?? this.response).end();
  }

  /** In mid-stream the status is out: the error goes behind the data, marked, and the connection is cut. */
  fail(error: ClickHouseError): void {
    if (this.response.destroyed) return;
    const text = `${error.toText(this.version)}\n`;
    if (this.out === undefined) {
      const { response } = this;
      response.statusCode = httpStatus(error.code);
      response.removeHeader("Content-Encoding");
      response.setHeader("X-ClickHouse-Exception-Code", error.code);
      response.setHeader("Content-Type", "text/plain; charset=UTF-8");
      if (error.code === 194)
        response.setHeader("WWW-Authenticate", 'Basic realm="ClickHouse server HTTP API"');
      response.end(text);
      return;
    }
    const tag = this.exceptionTag;
    const block = `\r\n__exception__\r\n${tag}\r\n${text}${Buffer.byteLength(text)} ${tag}\r\n__exception__\r\n`;
    const cut = () => this.response.socket?.destroySoon();
    if (this.out instanceof ServerResponse) {
      this.out.write(block, cut);
    } else {
      this.out.once("end", () => setImmediate(cut));
      this.out.unpipe(this.response);
      this.out.pipe(this.response, { end: false });
      this.out.end(block);
    }
  }

  private describe(body: Body): void {
    this.response.setHeader("Content-Type", body.contentType);
    this.response.setHeader("X-ClickHouse-Format", body.format);
  }

  private start(body: Body, summary: Summary): void {
    this.describe(body);
    this.response.setHeader("X-ClickHouse-Summary", summaryHeader(summary));
    this.response.setHeader("X-ClickHouse-Exception-Tag", this.exceptionTag);
    const coding = chooseCoding(body.acceptEncoding);
    if (coding === undefined) {
      this.out = this.response;
    } else {
      this.response.setHeader("Content-Encoding", coding);
      const encoder = encoders[coding]();
      encoder.pipe(this.response);
      this.out = encoder;
    }
    for (const chunk of this.held) this.out.write(chunk);
    this.held = [];
  }

  private async drained(out: ServerResponse | Duplex): Promise<void> {
    const gone = new AbortController();
    const closed = () => gone.abort();
    this.response.once("close", closed);
    try {
      await once(out, "drain", { signal: gone.signal });
    } catch {
      // The client went away; whoever writes sees it at the next chunk.
    } finally {
      this.response.off("close", closed);
    }
  }
}
