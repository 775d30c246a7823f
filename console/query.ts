import { randomUUID } from "node:crypto";
import { ClickHouseError, type ClickHouseClient } from "@clickhouse/client";
import { z } from "zod";
import type { QueryAnswer } from "./messages";

const mostRows = 1_000;
const mostBytes = 4_000_000;
const mostSeconds = 60;
const format = "JSONCompactEachRowWithNamesAndTypes";

const line = z.array(z.unknown());

/** ClickHouse's read-only mode also allows KILL, which ends other people's queries. */
const statements = ["SELECT", "WITH", "SHOW", "DESCRIBE", "DESC", "EXPLAIN", "EXISTS"];
const firstWord = /^(?:\s|--[^\n]*(?:\n|$)|\/\*[^]*?\*\/|\()*([^\s(;]*)/;

/** A query that can't be answered; the message is a sentence that says why. */
export class QueryRefused extends Error {}

/**
 * Runs one statement that only reads, and returns its first rows. Time, memory and result size are limited, and `signal` ends
 * the query.
 * @throws QueryRefused with ClickHouse's message
 */
export async function runQuery(
  client: ClickHouseClient,
  sql: string,
  signal: AbortSignal,
): Promise<Extract<QueryAnswer, { columns: unknown }>> {
  const [, word = ""] = firstWord.exec(sql) ?? [];
  if (!statements.includes(word.toUpperCase()))
    throw new QueryRefused(
      `got ${word === "" ? "no statement" : `'${word}'`}, allowed: ${statements.join(", ")}`,
    );
  const startedAt = performance.now();
  try {
    const { stream, response_headers: headers } = await client.exec({
      query: sql,
      query_id: randomUUID(),
      abort_signal: signal,
      clickhouse_settings: {
        readonly: "1",
        default_format: format,
        max_execution_time: mostSeconds,
        max_memory_usage: "200000000",
        // One row more than is shown tells that there are more.
        max_result_rows: String(mostRows + 1),
        max_result_bytes: String(mostBytes * 4),
        result_overflow_mode: "break",
        max_block_size: "1000",
        cancel_http_readonly_queries_on_client_close: 1,
        output_format_json_quote_64bit_integers: 1,
        output_format_json_quote_denormals: 1,
        date_time_output_format: "iso",
      },
    });
    const answered = headers["x-clickhouse-format"];
    if (answered !== undefined && answered !== format) {
      stream.destroy();
      throw new QueryRefused(
        `FORMAT ${String(answered)}: got a format, allowed: none; the console shows the rows itself. Leave FORMAT out.`,
      );
    }
    const read = await readRows(stream);
    const [names = [], types = [], ...rows] = read.lines;
    const columns = z.array(z.string()).parse(names);
    return {
      columns: columns.map((name, index) => ({ name, type: z.string().parse(types[index]) })),
      rows: rows.slice(0, mostRows),
      seconds: (performance.now() - startedAt) / 1000,
      isCut: read.isCut || rows.length > mostRows,
    };
  } catch (error) {
    if (error instanceof QueryRefused) throw error;
    if (error instanceof ClickHouseError) throw new QueryRefused(error.message);
    if (signal.aborted) throw new QueryRefused("The query was cancelled.");
    throw new QueryRefused(`ClickHouse does not answer: ${(error as Error).message}`);
  }
}

/** Stops at the first line that does not fit: a single value may be larger than all memory. */
async function readRows(
  stream: NodeJS.ReadableStream & { destroy(): void },
): Promise<{ lines: unknown[][]; isCut: boolean }> {
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
