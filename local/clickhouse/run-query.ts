import { rm } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import type { Engine } from "./engine";
import { ClickHouseError, toClickHouseError } from "./errors";
import { receive } from "./receive";
import type { QueryRequest } from "./request";
import { Answer } from "./response";
import { runStatement, type End, type Run } from "./run-statement";
import { undoing } from "./session-settings";
import type { NamedSessions, Slots } from "./session-pool";

export interface QueryFront {
  readonly engine: Engine;
  readonly slots: Slots;
  readonly sessions: NamedSessions;
  /** Folder for request bodies and results on their way. */
  readonly spool: string;
  /** Ids of queries that came and have not ended. */
  readonly running: Set<string>;
}

async function runInSession(sessions: NamedSessions, run: Run): Promise<End> {
  const { engine } = run;
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
      const { engine, sessions } = front;
      return await runInSession(sessions, { engine, request, received, slot, dataFile, answer, client });
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
