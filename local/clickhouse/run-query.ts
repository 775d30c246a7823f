import { rm } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import type { Connection, Engine } from "./engine";
import { commandSql, insertFrom, selectInto } from "./engine-sql";
import { ClickHouseError, toClickHouseError } from "./errors";
import { receive, type Received } from "./receive";
import type { QueryRequest } from "./request";
import { Answer, type Body } from "./response";
import { readPipe, readWhenComplete } from "./result-file";
import { applyRequest, undoing } from "./session-settings";
import type { NamedSessions, Slot, Slots } from "./session-pool";
import type { Command, InsertData, InsertInput, Select } from "./statement";

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
const syntaxError = 62;

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

/** Everything a query runs with. */
interface Run {
  readonly front: QueryFront;
  readonly request: QueryRequest;
  readonly received: Received;
  readonly slot: Slot;
  /** Holds the data of an INSERT. */
  readonly dataFile: string;
  readonly answer: Answer;
  /** Aborted when the client goes away. */
  readonly client: AbortSignal;
}

/** Ends the answer: not before the query's session is free for the next, which may come at once. */
type End = () => void;

/** Streams a result while the engine makes it. When the client goes away, the query is killed. */
async function runSelect(run: Run, connection: Connection, select: Select): Promise<End> {
  const { front, request, received, slot, answer, client } = run;
  const body = describe(front, request, select.format?.name ?? request.defaultFormat);
  const file = request.waitEndOfQuery ? `${slot.pipe}-whole` : slot.pipe;
  const result = request.waitEndOfQuery ? readWhenComplete(file) : readPipe(file);
  const query = connection.run(selectInto(received.sql, select, request.defaultFormat, file));
  const ended = query.then(
    () => result.ended(true),
    () => result.ended(false),
  );
  const kill = () => void killUntilEnded(front.engine, file, ended);
  client.addEventListener("abort", kill);
  if (client.aborted) kill();
  try {
    // Read to the end in any case: the engine must not be left waiting for its reader.
    for await (const chunk of result.chunks) await answer.write(chunk, body);
    const { rows, resultBytes, elapsedSeconds } = await query;
    return () => answer.end(body, { resultRows: rows, resultBytes, elapsedSeconds });
  } finally {
    client.removeEventListener("abort", kill);
    await ended;
    if (request.waitEndOfQuery) await rm(file, { force: true });
  }
}

/** For results that fit in memory. */
async function runWhole(run: Run, connection: Connection, statement: Select | Command): Promise<End> {
  const { front, request, received, answer } = run;
  const { bytes, elapsedSeconds } = await connection.run(
    commandSql(received.sql, statement),
    request.defaultFormat,
  );
  if (bytes.length === 0) return () => answer.end(undefined, { elapsedSeconds });
  const body = describe(front, request, statement.format?.name ?? request.defaultFormat);
  await answer.write(Buffer.from(bytes), body);
  return () => answer.end(body, { elapsedSeconds });
}

async function runInsert(run: Run, connection: Connection, insert: InsertData | InsertInput): Promise<End> {
  const { received, dataFile, answer } = run;
  try {
    const { rows, elapsedSeconds } = await connection.run(
      insertFrom(received.sql, insert, dataFile, received.dataCompression),
    );
    return () => answer.end(undefined, { writtenRows: rows, elapsedSeconds });
  } catch (error) {
    throw toClickHouseError(error).without(
      `: (in file/uri ${dataFile})`,
      `: While reading from: ${dataFile}`,
    );
  }
}

async function runStatement(run: Run, connection: Connection): Promise<End> {
  const { statement } = run.received;
  await applyRequest(connection, run.request, run.received);
  switch (statement.kind) {
    case "insert":
    case "input":
      return runInsert(run, connection, statement);
    case "command":
      return runWhole(run, connection, statement);
    case "select":
      try {
        return await runSelect(run, connection, statement);
      } catch (error) {
        if (toClickHouseError(error).code !== syntaxError) throw error;
        // Nothing ran. The error must quote what the client wrote, not what was made of it.
        return runWhole(run, connection, statement);
      }
  }
}

async function runInSlot(run: Run): Promise<End> {
  const { engine, sessions } = run.front;
  const { session } = run.request;
  if (session === undefined) {
    const connection = engine.connect();
    try {
      return await runStatement(run, connection);
    } finally {
      connection.close();
    }
  }
  const connection = await sessions.take(session);
  try {
    const undo = await undoing(connection, run.request);
    try {
      return await runStatement(run, connection);
    } finally {
      for (const statement of undo) await connection.run(statement);
    }
  } finally {
    sessions.giveBack(session);
  }
}

let bodies = 0;

async function receiveAndRun(
  front: QueryFront,
  http: IncomingMessage,
  request: QueryRequest,
  answer: Answer,
  client: AbortSignal,
): Promise<End> {
  const dataFile = join(front.spool, `body-${bodies++}`);
  try {
    const received = await receive(http, request, dataFile);
    const slot = await front.slots.take(client);
    try {
      return await runInSlot({ front, request, received, slot, dataFile, answer, client });
    } finally {
      front.slots.giveBack(slot);
    }
  } finally {
    await rm(dataFile, { force: true });
    // What was not read would stand before the connection's next request.
    http.resume();
  }
}

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
  if (front.running.has(request.queryId)) {
    throw new ClickHouseError(
      216,
      "QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING",
      `Query with id = ${request.queryId} is already running`,
    );
  }
  front.running.add(request.queryId);
  response.setHeader("X-ClickHouse-Query-Id", request.queryId);
  let end: End;
  try {
    end = await receiveAndRun(front, http, request, answer, gone.signal);
  } catch (error) {
    end = () => answer.fail(toClickHouseError(error));
  }
  front.running.delete(request.queryId);
  end();
}
