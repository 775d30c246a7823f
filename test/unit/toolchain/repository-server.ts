import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Asked {
  path: string;
  range: string | undefined;
}

export interface RepositoryServer {
  url: string;
  asked: Asked[];
  close(): void;
}

/** How to handle one request; `serve` sends the content and supports ranges. */
export type Behave = (request: Asked, response: ServerResponse, serve: () => void) => void;

/** A Maven repository on 127.0.0.1 with the files of `contents`, by path; `behave` handles each request. */
export async function repositoryServer(
  contents: Record<string, Buffer>,
  behave: Behave = (_, __, serve) => serve(),
): Promise<RepositoryServer> {
  const asked: Asked[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    const one = { path: request.url ?? "", range: request.headers.range };
    asked.push(one);
    behave(one, response, () => serve(contents[one.path], one.range, response));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function serve(content: Buffer | undefined, range: string | undefined, response: ServerResponse): void {
  if (content === undefined) {
    response.writeHead(404).end();
    return;
  }
  const from = Number(/^bytes=(\d+)-$/.exec(range ?? "")?.[1] ?? 0);
  const part = content.subarray(from);
  response.writeHead(range === undefined ? 200 : 206, { "content-length": part.length }).end(part);
}
