import type { Connection } from "./engine";
import { ClickHouseError } from "./errors";
import { assignments, identifier, quoted } from "./literals";
import type { Received } from "./receive";
import type { QueryRequest } from "./request";

/** What every query starts with; a request may set each anew. */
const defaults: Readonly<Record<string, string>> = {
  max_threads: "2",
  // The server's default; the embedded engine would read `1 + 1` as a query.
  implicit_select: "0",
  // Bounds the memory of INSERT … SELECT.
  min_insert_block_size_bytes: String(64 * 1024 * 1024),
};

const smallestMaxQuerySize = 200_000;

const readingVerbs = new Set(["SHOW", "DESCRIBE", "DESC", "EXPLAIN", "EXISTS", "SET", "USE"]);

function isReadOnly(request: QueryRequest): boolean {
  return request.readOnly || (request.settings.get("readonly") ?? "0") !== "0";
}

function checkNames(request: QueryRequest): void {
  for (const name of request.settings.keys()) {
    if (/^[A-Za-z_]\w*$/.test(name)) continue;
    throw new ClickHouseError(115, "UNKNOWN_SETTING", `Unknown setting '${name}'`);
  }
  for (const name of request.parameters.keys()) {
    if (/^\w+$/.test(name)) continue;
    throw new ClickHouseError(
      36,
      "BAD_ARGUMENTS",
      `Query parameter param_${name}: letters, digits and _ are allowed`,
    );
  }
}

/** The engine measures SET like any query; what the client's own SQL may have was checked before. */
async function set(
  connection: Connection,
  values: readonly (readonly [name: string, value: string])[],
): Promise<void> {
  const statement = `SET ${assignments(values)}`;
  const bytes = Buffer.byteLength(statement);
  if (bytes > smallestMaxQuerySize) await connection.run(`SET max_query_size = ${2 * bytes}`);
  await connection.run(statement);
}

/** Readies a connection that will outlive its first request. */
export async function applyDefaults(connection: Connection): Promise<void> {
  await set(connection, Object.entries(defaults));
}

/**
 * Brings a connection into the state that a request asks for.
 * The engine enforces `readonly`; but it could not be taken back, so in a session that goes on the statement's
 * first word decides.
 */
export async function applyRequest(
  connection: Connection,
  request: QueryRequest,
  { statement, parameters }: Received,
): Promise<void> {
  checkNames(request);
  const { readonly = request.readOnly ? "2" : "0", ...settings } = Object.fromEntries(request.settings);
  if (request.readOnly && readonly !== "2") {
    throw new ClickHouseError(164, "READONLY", "Cannot modify 'readonly' setting in readonly mode");
  }
  const fresh = request.session === undefined;
  const assigned = [
    ...Object.entries(fresh ? defaults : {}).filter(([name]) => !request.settings.has(name)),
    // The engine makes its own query ids: this is where the client's can be found again.
    ...(request.settings.has("log_comment") ? [] : [["log_comment", request.queryId] as const]),
    ...Object.entries(settings),
  ];
  const values = [...request.parameters, ...parameters].map(
    ([name, value]) => [`param_${name}`, value] as const,
  );
  await set(connection, [...assigned, ...values]);
  if (request.database !== undefined) await connection.run(`USE ${identifier(request.database)}`);
  if (request.role.length > 0) await connection.run(`SET ROLE ${request.role.map(identifier).join(", ")}`);
  if (!isReadOnly(request)) return;
  if (fresh) {
    await set(connection, [["readonly", readonly]]);
  } else if (statement.kind !== "select" && !readingVerbs.has(statement.verb)) {
    throw new ClickHouseError(164, "READONLY", "default: Cannot execute query in readonly mode");
  }
}

/**
 * Notes what a request is about to change in a session that outlives it.
 * @returns statements that bring it back
 */
export async function undoing(connection: Connection, request: QueryRequest): Promise<readonly string[]> {
  const names = ["log_comment", "max_query_size", ...request.settings.keys()];
  const { bytes } = await connection.run(
    `SELECT name, value, changed, currentDatabase() FROM system.settings WHERE name IN (${names.map(quoted).join(", ")})`,
    "JSONCompactEachRow",
  );
  const before = Buffer.from(bytes)
    .toString()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as [name: string, value: string, changed: number, database: string]);
  const database = before[0]?.[3];
  return [
    ...before.map(([name, value, changed]) =>
      changed === 0 ? `SET ${name} = DEFAULT` : `SET ${assignments([[name, value]])}`,
    ),
    ...(request.database !== undefined && database !== undefined ? [`USE ${identifier(database)}`] : []),
  ];
}
