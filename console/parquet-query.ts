import { QueryRefused, readOnly, type Asker } from "./read-only";

const mostMegabytes = 32;

/** How every Parquet file begins and ends. */
const magic = "PAR1";

/**
 * Runs one statement that only reads, and returns all of its rows as a Parquet file.
 * @throws QueryRefused with ClickHouse's message, or when the file would be too large
 */
export async function runParquetQuery(asker: Asker, sql: string, signal: AbortSignal): Promise<Buffer> {
  return readOnly(asker, { sql, format: "Parquet", settings: {}, signal }, async ({ stream }) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of stream) {
      chunks.push(chunk as Buffer);
      bytes += (chunk as Buffer).length;
      if (bytes <= mostMegabytes * 1e6) continue;
      stream.destroy();
      throw new QueryRefused(`The file is larger than ${mostMegabytes} MB. Ask for fewer rows or columns.`);
    }
    const file = Buffer.concat(chunks);
    // When a query fails after its first rows, the error is behind them.
    if (file.subarray(-magic.length).toString("latin1") !== magic)
      throw new QueryRefused(
        `The query ended before its file was whole: ${file.subarray(-1_000).toString()}`,
      );
    return file;
  });
}
