import { randomUUID } from "node:crypto";
import {
  ClickHouseError,
  type ClickHouseClient,
  type ClickHouseSettings,
  type DataFormat,
  type ResponseHeaders,
} from "@clickhouse/client";

/** Limits of a statement where nobody logs in. */
export const limits: ClickHouseSettings = {
  readonly: "1",
  max_execution_time: 60,
  max_memory_usage: "200000000",
};

/** ClickHouse's read-only mode also allows KILL, which ends other people's queries. */
const statements = ["SELECT", "WITH", "SHOW", "DESCRIBE", "DESC", "EXPLAIN", "EXISTS"];
const firstWord = /^(?:\s|--[^\n]*(?:\n|$)|\/\*[^]*?\*\/|\()*([^\s(;]*)/;

/** A query that can't be answered; the message is a sentence that says why. */
export class QueryRefused extends Error {}

/** Who asks ClickHouse. */
export interface Asker {
  readonly client: ClickHouseClient;
  /** Settings of each statement; none for a read-only user, who has limits of its own and can't change them. */
  readonly limits: ClickHouseSettings;
}

/** What ClickHouse sends, as it comes. */
export interface Reply {
  readonly stream: NodeJS.ReadableStream & { destroy(): void };
  readonly headers: ResponseHeaders;
}

export interface ReadOnlyQuery {
  readonly sql: string;
  /** The format of the reply, unless the statement names one. */
  readonly format: DataFormat;
  /** More settings, such as how much may come. */
  readonly settings: ClickHouseSettings;
  readonly signal: AbortSignal;
}

/**
 * Runs one statement that only reads, within the limits of who asks; the signal ends the query.
 * @param read takes the reply
 * @throws QueryRefused with ClickHouse's message
 */
export async function readOnly<T>(
  { client, limits: own }: Asker,
  { sql, format, settings, signal }: ReadOnlyQuery,
  read: (reply: Reply) => Promise<T>,
): Promise<T> {
  const [, word = ""] = firstWord.exec(sql) ?? [];
  if (!statements.includes(word.toUpperCase()))
    throw new QueryRefused(
      `got ${word === "" ? "no statement" : `'${word}'`}, allowed: ${statements.join(", ")}`,
    );
  try {
    const { stream, response_headers: headers } = await client.exec({
      query: sql,
      query_id: randomUUID(),
      abort_signal: signal,
      clickhouse_settings: {
        ...own,
        default_format: format,
        cancel_http_readonly_queries_on_client_close: 1,
        ...settings,
      },
    });
    const answered = headers["x-clickhouse-format"];
    if (answered !== undefined && answered !== format) {
      stream.destroy();
      throw new QueryRefused(
        `FORMAT ${String(answered)}: got a format, allowed: none; the console asks for its own. Leave FORMAT out.`,
      );
    }
    return await read({ stream, headers });
  } catch (error) {
    if (error instanceof QueryRefused) throw error;
    if (error instanceof ClickHouseError) throw new QueryRefused(error.message);
    if (signal.aborted) throw new QueryRefused("The query was cancelled.");
    throw new QueryRefused(`ClickHouse does not answer: ${(error as Error).message}`);
  }
}
