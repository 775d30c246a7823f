import { rm } from "node:fs/promises";
import type { Connection, Engine } from "./engine";
import { commandSql, insertFrom, selectInto } from "./engine-sql";
import { toClickHouseError } from "./errors";
import { quoted } from "./literals";
import type { Received } from "./receive";
import type { QueryRequest } from "./request";
import type { Answer, Body } from "./response";
import { readPipe, readWhenComplete } from "./result-file";
import { applyRequest } from "./session-settings";
import type { Slot } from "./session-pool";
import type { Command, InsertData, InsertInput, Select } from "./statement";

const killAgainMilliseconds = 200;
const syntaxError = 62;

function describe(engine: Engine, request: QueryRequest, format: string): Body {
  const known = engine.formats.get(format.toLowerCase());
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
export interface Run {
  readonly engine: Engine;
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
export type End = () => void;

/** Streams a result while the engine makes it. When the client goes away, the query is killed. */
async function runSelect(run: Run, connection: Connection, select: Select): Promise<End> {
  const { engine, request, received, slot, answer, client } = run;
  const body = describe(engine, request, select.format?.name ?? request.defaultFormat);
  const file = request.waitEndOfQuery ? `${slot.pipe}-whole` : slot.pipe;
  const result = request.waitEndOfQuery ? readWhenComplete(file) : readPipe(file);
  const query = connection.run(selectInto(received.sql, select, request.defaultFormat, file));
  const ended = query.then(
    () => result.ended(true),
    () => result.ended(false),
  );
  const kill = () => void killUntilEnded(engine, quoted(file), ended);
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
  const { engine, request, received, answer } = run;
  const { bytes, elapsedSeconds } = await connection.run(
    commandSql(received.sql, statement),
    request.defaultFormat,
  );
  if (bytes.length === 0) return () => answer.end(undefined, { elapsedSeconds });
  const body = describe(engine, request, statement.format?.name ?? request.defaultFormat);
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

/** Runs a statement on a connection that nobody else uses. */
export async function runStatement(run: Run, connection: Connection): Promise<End> {
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
        if (toClickHouseError(error).code !== syntaxError || run.answer.begun) throw error;
        // Nothing ran. The error must quote what the client wrote, not what was made of it.
        return runWhole(run, connection, statement);
      }
  }
}
