import type { IncomingMessage } from "node:http";
import { bodyError, contentCoding, decoded, engineCodings, readMultipart, spool, undecoded } from "./body";
import { ClickHouseError } from "./errors";
import type { QueryRequest } from "./request";
import {
  readInsertHead,
  readStatement,
  type InsertData,
  type InsertInput,
  type Statement,
} from "./statement";

/** A request whose body has come in whole. */
export interface Received {
  /** Bytes as latin1, so that the statement's offsets fit. Without the data of an INSERT. */
  readonly sql: string;
  readonly statement: Statement;
  /** For the data of an INSERT: the coding that is left for the engine to undo. */
  readonly dataCompression: string;
  /** Query parameters that came in a multipart body. */
  readonly parameters: ReadonlyMap<string, string>;
}

const defaultMaxQuerySize = 262_144;
const lineEnd = Buffer.from("\n");

function tooLong(limit: number): ClickHouseError {
  return new ClickHouseError(
    62,
    "SYNTAX_ERROR",
    `Max query size exceeded: ${limit} bytes of SQL are allowed (can be increased with the \`max_query_size\` setting)`,
  );
}

function withoutData(
  text: Buffer,
  limit: number,
  parameters: ReadonlyMap<string, string> = new Map(),
): Received {
  if (text.length > limit) throw tooLong(limit);
  const sql = text.toString("latin1");
  return { sql, statement: readStatement(sql), dataCompression: "none", parameters };
}

/** @yields `first`, then what is left of `rest` */
async function* joined(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (first.length > 0) yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

/** Reads until `limit` is passed or the body ends; `?query=` and the body stand on lines of their own. */
async function readHead(urlQuery: Buffer, body: AsyncIterator<Buffer>, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = urlQuery.length > 0 ? [urlQuery, lineEnd] : [];
  let size = urlQuery.length;
  while (size <= limit) {
    const next = await body.next();
    if (next.done === true) break;
    chunks.push(next.value);
    size += next.value.length;
  }
  return Buffer.concat(chunks);
}

async function receiveBody(
  http: IncomingMessage,
  urlQuery: Buffer,
  limit: number,
  dataFile: string,
): Promise<Received> {
  const inUrl = readInsertHead(urlQuery.toString("latin1"));
  const whole = (head: Buffer, statement: InsertData | InsertInput, dataCompression = "none") => {
    if (statement.dataStart > limit) throw tooLong(limit);
    const sql = head.subarray(0, statement.dataStart).toString("latin1");
    return { sql, statement, dataCompression, parameters: new Map<string, string>() };
  };
  if (inUrl !== undefined && inUrl.dataStart >= urlQuery.length) {
    const coding = contentCoding(http);
    const leave = engineCodings.has(coding);
    await spool(leave ? undecoded(http) : decoded(http), dataFile);
    return whole(urlQuery, inUrl, leave ? coding : "none");
  }
  const body = decoded(http)[Symbol.asyncIterator]();
  const head = await readHead(urlQuery, body, limit);
  const insert = readInsertHead(head.toString("latin1"));
  if (insert === undefined) return withoutData(head, limit);
  await spool(joined(head.subarray(insert.dataStart), body), dataFile);
  return whole(head, insert);
}

/**
 * Reads all of a request before any of it runs, so that a body that breaks off changes nothing.
 * @param dataFile where the data of an INSERT goes
 */
export async function receive(
  http: IncomingMessage,
  request: QueryRequest,
  dataFile: string,
): Promise<Received> {
  const limit = Number(request.settings.get("max_query_size") ?? defaultMaxQuerySize);
  const urlQuery = Buffer.from(request.urlQuery);
  try {
    if (http.headers["content-type"]?.startsWith("multipart/form-data") !== true) {
      return await receiveBody(http, urlQuery, limit, dataFile);
    }
    const fields = await readMultipart(http);
    const parameters = [...fields].filter(([name]) => name !== "query");
    return withoutData(
      Buffer.concat([urlQuery, Buffer.from(fields.get("query") ?? "")]),
      limit,
      new Map(parameters.map(([name, value]) => [name.slice("param_".length), value])),
    );
  } catch (error) {
    throw bodyError(error);
  }
}
