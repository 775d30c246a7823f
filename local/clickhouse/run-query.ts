import { rm } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import type { Connection, Engine, QueryResult } from "./engine";
import { commandSql, insertFrom, outfileClause, selectInto } from "./engine-sql";
import { ClickHouseError, toClickHouseError } from "./errors";
import { receive, type Received } from "./receive";
import type { QueryRequest } from "./request";
import { Answer, type Body } from "./response";
import { readPipe, readWhenComplete } from "./result-file";
import { applyRequest, undoing } from "./session-settings";
import type { NamedSessions, Slot, Slots } from "./session-pool";
import type { Select } from "./statement";

export interface QueryFront {
  readonly engine: Engine;
  readonly slots: Slots;
  readonly sessions: NamedSessions;
  /** Folder for request bodies and results on their way. */
  readonly spool: string;
  /** Ids of queries that came and have not ended. */
  readonly running: Set<string>;
}

const killAgainMilliseconds = 200;

function describe(front: QueryFront, request: QueryRequest, format: string): Body {
  const known = front.engine.formats.get(format.toLowerCase());
  return {
    format: known?.name ?? format,
    contentType: known?.contentType ?? "text/plain; charset=UTF-8",
    acceptEncoding: request.acceptEncoding,
    bufferBytes: request.bufferBytes,
  };
}

/** A query is ended only when the engine says so: until then its session can't be used. */
async function killUntilEnded(engine: Engine, marker: string, ended: Promise<void>): Promise<void> {
  let over = false;
  void ended.then(() => (over = true));
  while (!over) {
    await engine.kill(marker).catch((error: unknown) => console.error(`KILL QUERY failed: ${String(error)}`));
    await new Promise((resolve) => setTimeout(resolve, killAgainMilliseconds));
  }
}

/** Streams a result while the engine makes it. When the client goes away, the query is killed. */
async function runSelect(
  front: QueryFront,
  connection: Connection,
  request: QueryRequest,
  received: Received & { readonly statement: Select },
  slot: Slot,
  answer: Answer,
  client: AbortSignal,
): Promise<void> {
  const body = describe(front, request, received.statement.format?.name ?? request.defaultFormat);
  const file = request.waitEndOfQuery ? `${slot.pipe}-whole` : slot.pipe;
  const sql = selectInto(received.sql, received.statement, request.defaultFormat, file);
  const result = request.waitEndOfQuery ? readWhenComplete(file) : readPipe(file);
  const query: Promise<QueryResult> = connection.run(sql);
  const ended = query.then(
    () => result.ended(),
    () => result.ended(),
  );
  const kill = () => void killUntilEnded(front.engine, file, ended);
  client.addEventListener("abort", kill);
  if (client.aborted) kill();
  try {
    // Read to the end in any case: the engine must not be left waiting for its reader.
    for await (const chunk of result.chunks) await answer.write(chunk, body);
    const { rows, resultBytes, elapsedSeconds } = await query;
    answer.end(body, { resultRows: rows, resultBytes, elapsedSeconds });
  } catch (error) {
    const told = toClickHouseError(error);
    throw new ClickHouseError(told.code, told.type, told.message.replaceAll(outfileClause(file), " "));
  } finally {
    client.removeEventListener("abort", kill);
    await ended;
    if (request.waitEndOfQuery) await rm(file, { force: true });
  }
}

async function runOther(
  front: QueryFront,
  connection: Connection,
  request: QueryRequest,
  received: Received,
  dataFile: string,
  answer: Answer,
): Promise<void> {
  const { sql, statement } = received;
  if (statement.kind === "insert" || statement.kind === "input") {
    const { rows, elapsedSeconds } = await connection.run(
      insertFrom(sql, statement, dataFile, received.dataCompression),
    );
    answer.end(undefined, { writtenRows: rows, elapsedSeconds });
  } else if (statement.kind === "command") {
    const format = statement.format?.name ?? request.defaultFormat;
    const { bytes, elapsedSeconds } = await connection.run(commandSql(sql, statement), request.defaultFormat);
    if (bytes.length > 0) await answer.write(Buffer.from(bytes), describe(front, request, format));
    answer.end(bytes.length > 0 ? describe(front, request, format) : undefined, { elapsedSeconds });
  }
}

async function runIn(
  front: QueryFront,
  connection: Connection,
  request: QueryRequest,
  received: Received,
  slot: Slot,
  dataFile: string,
  answer: Answer,
  client: AbortSignal,
): Promise<void> {
  const { statement } = received;
  await applyRequest(connection, request, received);
  if (statement.kind === "select") {
    await runSelect(front, connection, request, { ...received, statement }, slot, answer, client);
  } else {
    await runOther(front, connection, request, received, dataFile, answer);
  }
}

async function runInSlot(
  front: QueryFront,
  request: QueryRequest,
  received: Received,
  slot: Slot,
  dataFile: string,
  answer: Answer,
  client: AbortSignal,
): Promise<void> {
  const { session } = request;
  if (session === undefined) {
    const connection = front.engine.connect();
    try {
      await runIn(front, connection, request, received, slot, dataFile, answer, client);
    } finally {
      connection.close();
    }
    return;
  }
  const connection = front.sessions.take(session);
  try {
    const undo = await undoing(connection, request);
    try {
      await runIn(front, connection, request, received, slot, dataFile, answer, client);
    } finally {
      for (const statement of undo) await connection.run(statement);
    }
  } finally {
    front.sessions.giveBack(session);
  }
}

let bodies = 0;

/** Answers one request that carries a query, whatever becomes of it. */
export async function runQuery(
  front: QueryFront,
  http: IncomingMessage,
  response: ServerResponse,
  request: QueryRequest,
): Promise<void> {
  const answer = new Answer(response, front.engine.version);
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const dataFile = join(front.spool, `body-${bodies++}`);
  if (front.running.has(request.queryId)) {
    answer.fail(
      new ClickHouseError(
        216,
        "QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING",
        `Query with id = ${request.queryId} is already running`,
      ),
    );
    return;
  }
  front.running.add(request.queryId);
  response.setHeader("X-ClickHouse-Query-Id", request.queryId);
  try {
    const received = await receive(http, request, dataFile);
    const slot = await front.slots.take(gone.signal);
    try {
      await runInSlot(front, request, received, slot, dataFile, answer, gone.signal);
    } finally {
      front.slots.giveBack(slot);
    }
  } catch (error) {
    answer.fail(toClickHouseError(error));
  } finally {
    front.running.delete(request.queryId);
    await rm(dataFile, { force: true });
  }
}
