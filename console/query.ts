import type { ClickHouseSettings } from "@clickhouse/client";
import { z } from "zod";
import type { QueryAnswer } from "./messages";
import { QueryRefused, readOnly, type Asker, type Reply } from "./read-only";

const mostRows = 1_000;
const mostBytes = 4_000_000;

const line = z.array(z.unknown());

/**
 * Runs one statement that only reads, and returns its first rows.
 * @throws QueryRefused with ClickHouse's message
 */
export async function runQuery(
  asker: Asker,
  sql: string,
  signal: AbortSignal,
): Promise<Extract<QueryAnswer, { columns: unknown }>> {
  const startedAt = performance.now();
  const settings: ClickHouseSettings = {
    // One row more than is shown tells that there are more.
    max_result_rows: String(mostRows + 1),
    max_result_bytes: String(mostBytes * 4),
    result_overflow_mode: "break",
    max_block_size: "1000",
    output_format_json_quote_64bit_integers: 1,
    output_format_json_quote_denormals: 1,
    date_time_output_format: "iso",
  };
  const format = "JSONCompactEachRowWithNamesAndTypes";
  return readOnly(asker, { sql, format, settings, signal }, async ({ stream }) => {
    const read = await readRows(stream);
    const [names = [], types = [], ...rows] = read.lines;
    const columns = z.array(z.string()).parse(names);
    return {
      columns: columns.map((name, index) => ({ name, type: z.string().parse(types[index]) })),
      rows: rows.slice(0, mostRows),
      seconds: (performance.now() - startedAt) / 1000,
      isCut: read.isCut || rows.length > mostRows,
    };
  });
}

/** Stops at the first line that does not fit: a single value may be larger than all memory. */
async function readRows(stream: Reply["stream"]): Promise<{ lines: unknown[][]; isCut: boolean }> {
  const lines: unknown[][] = [];
  let bytes = 0;
  let rest = "";
  const decoder = new TextDecoder();
  for await (const chunk of stream) {
    bytes += (chunk as Buffer).length;
    rest += decoder.decode(chunk as Buffer, { stream: true });
    const whole = rest.split("\n");
    rest = whole.pop() ?? "";
    for (const text of whole) if (text !== "") lines.push(readLine(text));
    if (bytes > mostBytes || lines.length > mostRows + 2) {
      stream.destroy();
      return { lines, isCut: true };
    }
  }
  return { lines, isCut: false };
}

/** When a query fails after its first rows, the error is in place of a row. */
function readLine(text: string): unknown[] {
  try {
    return line.parse(JSON.parse(text));
  } catch {
    throw new QueryRefused(text.slice(0, 2_000));
  }
}
