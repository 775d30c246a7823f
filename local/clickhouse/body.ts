import { createWriteStream } from "node:fs";
import type { IncomingMessage } from "node:http";
import { Readable, type Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import * as zlib from "node:zlib";
import { ClickHouseError } from "./errors";

const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: zlib.createGunzip,
  "x-gzip": zlib.createGunzip,
  deflate: zlib.createInflate,
  br: zlib.createBrotliDecompress,
};

/** Codings that Node 20 does not know but the engine does, for the data of an INSERT. */
export const engineCodings: ReadonlySet<string> = new Set(["zstd", "lz4", "xz", "bz2", "snappy"]);

const multipartLimitBytes = 64 * 1024 * 1024;

/** @returns the content coding in lower case; `""` for none. */
export function contentCoding(request: IncomingMessage): string {
  const coding = (request.headers["content-encoding"] ?? "").trim().toLowerCase();
  return coding === "identity" ? "" : coding;
}

/** @returns the body as it comes. Who stops reading leaves the connection whole, for an answer. */
export function undecoded(request: IncomingMessage): AsyncIterable<Buffer> {
  return request.iterator({ destroyOnReturn: false });
}

/**
 * @returns the body, decompressed
 * @throws ClickHouseError for a coding that is not known
 */
export function decoded(request: IncomingMessage): AsyncIterable<Buffer> {
  const coding = contentCoding(request);
  if (coding === "") return undecoded(request);
  const decoder = decoders[coding]?.();
  if (decoder === undefined) {
    throw new ClickHouseError(
      89,
      "UNKNOWN_COMPRESSION_METHOD",
      `Content-Encoding ${coding} is not known here: allowed are ${Object.keys(decoders).join(", ")}, ` +
        `and for the data of an INSERT in ?query= also ${[...engineCodings].join(", ")}`,
    );
  }
  request.on("error", (error) => decoder.destroy(error));
  return request.pipe(decoder);
}

/** Writes all of `chunks` to a new file that only this user can read. */
export async function spool(chunks: AsyncIterable<Buffer>, file: string): Promise<void> {
  await pipeline(Readable.from(chunks, { objectMode: false }), createWriteStream(file, { mode: 0o600 }));
}

/** @returns the text fields of a multipart body: `query` and `param_<name>`. */
export async function readMultipart(request: IncomingMessage): Promise<ReadonlyMap<string, string>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of decoded(request)) {
    size += chunk.length;
    if (size > multipartLimitBytes) {
      throw new ClickHouseError(
        229,
        "QUERY_IS_TOO_LARGE",
        `A multipart body may have ${multipartLimitBytes} bytes`,
      );
    }
    chunks.push(chunk);
  }
  const type = request.headers["content-type"] ?? "";
  const form = await new Response(Buffer.concat(chunks), { headers: { "content-type": type } })
    .formData()
    .catch((error: Error) => {
      throw new ClickHouseError(36, "BAD_ARGUMENTS", `The multipart body can't be read: ${error.message}`);
    });
  const fields = new Map<string, string>();
  for (const [name, value] of form) {
    if (typeof value !== "string" || (name !== "query" && !name.startsWith("param_"))) {
      throw new ClickHouseError(
        344,
        "SUPPORT_IS_DISABLED",
        `Multipart field ${name}: only query and param_<name> are served here, no external tables`,
      );
    }
    fields.set(name, value);
  }
  return fields;
}

/** Gives what Node throws while a body comes in ClickHouse's codes. */
export function bodyError(error: unknown): unknown {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return error;
  if (/^(Z_|ERR_BROTLI|ERR__ERROR_FORMAT)/.test(error.code)) {
    return new ClickHouseError(354, "ZLIB_INFLATE_FAILED", `inflate failed: ${error.message}`);
  }
  if (error.code === "ENOSPC") {
    return new ClickHouseError(243, "NOT_ENOUGH_SPACE", `No room for the request's data: ${error.message}`);
  }
  return error;
}
