import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { ClickHouseError } from "./errors";
import type { SessionRequest } from "./session-pool";

/** What URL and headers of a request say. The SQL may go on, or only begin, in the body. */
export interface QueryRequest {
  readonly queryId: string;
  /** `?query=`, if any. */
  readonly urlQuery: string;
  readonly database: string | undefined;
  /** Of results without a FORMAT clause. */
  readonly defaultFormat: string;
  readonly settings: ReadonlyMap<string, string>;
  /** Query parameters by name, without `param_`, written as ClickHouse's URLs have them. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly session: SessionRequest | undefined;
  readonly role: readonly string[];
  readonly readOnly: boolean;
  /** Hold the result back until the query has ended. */
  readonly waitEndOfQuery: boolean;
  /** How much of the result is held back at least. */
  readonly bufferBytes: number;
  /** Content codings the client accepts, when it asked for compression. */
  readonly acceptEncoding: string | undefined;
  readonly corsOrigin: boolean;
}

const withoutMeaningHere = new Set([
  "",
  "user",
  "password",
  "quota_key",
  "stacktrace",
  "client_protocol_version",
]);

const longestSessionSeconds = 3600;
const smallestBuffer = 1024 * 1024;

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(", ") : value;
}

function flag(name: string, value: string | null | undefined): boolean {
  if (value === null || value === undefined) return false;
  if (/^(1|true)$/i.test(value)) return true;
  if (/^(0|false|)$/i.test(value)) return false;
  throw new ClickHouseError(
    467,
    "CANNOT_PARSE_BOOL",
    `Cannot parse ${name}=${value}: 0, 1, true or false is allowed`,
  );
}

function number(name: string, value: string | null): number | undefined {
  if (value === null) return undefined;
  if (!/^\d+$/.test(value)) {
    throw new ClickHouseError(
      72,
      "CANNOT_PARSE_NUMBER",
      `Cannot parse ${name}=${value}: a whole number is allowed`,
    );
  }
  return Number(value);
}

function readSession(url: URLSearchParams): SessionRequest | undefined {
  const id = url.get("session_id");
  if (id === null || id === "") return undefined;
  const timeout = url.get("session_timeout") ?? "60";
  if (!/^\d+$/.test(timeout) || Number(timeout) > longestSessionSeconds) {
    throw new ClickHouseError(
      374,
      "INVALID_SESSION_TIMEOUT",
      `Invalid session timeout: '${timeout}', 0 to ${longestSessionSeconds} seconds are allowed`,
    );
  }
  return {
    id,
    timeoutSeconds: Number(timeout),
    mustExist: flag("session_check", url.get("session_check")),
    closeAfterwards: flag("close_session", url.get("close_session")),
  };
}

function refuseNativeCompression(url: URLSearchParams): void {
  for (const name of ["compress", "decompress"]) {
    if (flag(name, url.get(name))) {
      throw new ClickHouseError(
        344,
        "SUPPORT_IS_DISABLED",
        `${name}=1, ClickHouse's own compression, is not served here: use Content-Encoding, or Accept-Encoding with enable_http_compression=1`,
      );
    }
  }
}

const handled = new Set([
  ...["query", "database", "default_format", "query_id", "role", "compress", "decompress"],
  ...["session_id", "session_timeout", "session_check", "close_session", "wait_end_of_query", "buffer_size"],
]);

/** Settings that the HTTP interface itself obeys; the engine does nothing with them. */
function readHttpSettings(request: IncomingMessage, url: URLSearchParams) {
  const compression = flag("enable_http_compression", url.get("enable_http_compression"));
  const buffer =
    number("buffer_size", url.get("buffer_size")) ??
    number("http_response_buffer_size", url.get("http_response_buffer_size"));
  return {
    acceptEncoding: compression ? header(request, "accept-encoding") : undefined,
    waitEndOfQuery:
      flag("wait_end_of_query", url.get("wait_end_of_query")) ||
      flag("http_wait_end_of_query", url.get("http_wait_end_of_query")),
    bufferBytes: Math.max(buffer ?? 0, smallestBuffer),
    corsOrigin:
      flag("add_http_cors_header", url.get("add_http_cors_header")) &&
      header(request, "origin") !== undefined,
  };
}

/**
 * Reads the URL and the headers.
 * @throws ClickHouseError for a value that can't be read, and for what is not served here
 */
export function readRequest(request: IncomingMessage, url: URLSearchParams): QueryRequest {
  refuseNativeCompression(url);
  const settings = new Map<string, string>();
  const parameters = new Map<string, string>();
  for (const [name, value] of url) {
    if (handled.has(name) || withoutMeaningHere.has(name)) continue;
    if (name.startsWith("param_")) parameters.set(name.slice("param_".length), value);
    else settings.set(name, value);
  }
  return {
    queryId: url.get("query_id") || header(request, "x-clickhouse-query-id") || randomUUID(),
    urlQuery: url.get("query") ?? "",
    database: header(request, "x-clickhouse-database") || url.get("database") || undefined,
    defaultFormat: header(request, "x-clickhouse-format") || url.get("default_format") || "TabSeparated",
    settings,
    parameters,
    session: readSession(url),
    role: url.getAll("role"),
    readOnly: request.method !== "POST",
    ...readHttpSettings(request, url),
  };
}
