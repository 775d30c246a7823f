import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { checkCredentials, type Account } from "./credentials";
import { toClickHouseError } from "./errors";
import { readRequest } from "./request";
import { Answer } from "./response";
import { runQuery, type QueryFront } from "./run-query";

const keepAliveMilliseconds = 10_000;
/** ClickHouse allows addresses of 1 MiB. */
const maxHeaderSize = 2 * 1024 * 1024;

function send(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "Content-Type": "text/plain; charset=UTF-8" }).end(text);
}

async function ping(front: QueryFront, response: ServerResponse): Promise<void> {
  try {
    await front.engine.alive();
    send(response, 200, "Ok.\n");
  } catch (error) {
    send(response, 503, `${toClickHouseError(error).toText(front.engine.version)}\n`);
  }
}

function unknownPath(path: string): string {
  return (
    `There is no handle ${path}\nUse / or /ping for health checks.\n` +
    "Send queries from your program with POST method or GET /?query=...\n"
  );
}

function allowOrigin(response: ServerResponse): void {
  response.setHeader("Access-Control-Allow-Origin", "*");
}

async function query(
  front: QueryFront,
  accounts: readonly Account[],
  http: IncomingMessage,
  response: ServerResponse,
  url: URLSearchParams,
): Promise<void> {
  response.setHeader("X-ClickHouse-Server-Display-Name", "local");
  response.setHeader("X-ClickHouse-Timezone", front.engine.timezone);
  try {
    const account = checkCredentials(accounts, http.headers, url);
    const asked = readRequest(http, url);
    const request = account?.readOnly === true ? { ...asked, readOnly: true } : asked;
    if (request.corsOrigin) allowOrigin(response);
    await runQuery(front, http, response, request);
  } catch (error) {
    new Answer(response, front.engine.version).fail(toClickHouseError(error));
  }
}

/** ClickHouse's HTTP interface. @param accounts one of them is asked of every query, when there are any */
export function createFront(front: QueryFront, accounts: readonly Account[]): Server {
  const server = createServer({ maxHeaderSize }, (http, response) => {
    const [path = "/", search = ""] = (http.url ?? "/").split(/\?(.*)/s);
    if (http.method === "OPTIONS") {
      allowOrigin(response);
      response.setHeader(
        "Access-Control-Allow-Headers",
        "origin, x-requested-with, content-type, authorization",
      );
      response.setHeader("Access-Control-Allow-Methods", "POST, GET, OPTIONS");
      response.writeHead(204).end();
    } else if (path === "/ping" || path === "/replicas_status") {
      void ping(front, response);
    } else if (path !== "/") {
      send(response, 404, unknownPath(path));
    } else if (http.method !== "POST" && search === "") {
      void ping(front, response);
    } else {
      void query(front, accounts, http, response, new URLSearchParams(search));
    }
  });
  server.keepAliveTimeout = keepAliveMilliseconds;
  // A client may take its time over a large INSERT.
  server.requestTimeout = 0;
  return server;
}
