import http from "node:http";
import https from "node:https";

export interface Reply {
  readonly status: number;
  readonly location: string | undefined;
  readonly body: Buffer;
}

const timeoutMs = 60_000;

/** One HTTP request. The caller follows redirects. Rejects when there was no answer. */
export function request(method: string, url: string, body?: Buffer): Promise<Reply> {
  const transport = url.startsWith("https:") ? https : http;
  return new Promise((resolve, reject) => {
    const call = transport.request(url, { method, timeout: timeoutMs }, (reply) => {
      const chunks: Buffer[] = [];
      reply.on("data", (chunk: Buffer) => chunks.push(chunk));
      reply.on("end", () =>
        resolve({
          status: reply.statusCode ?? 0,
          location: reply.headers.location,
          body: Buffer.concat(chunks),
        }),
      );
      reply.on("error", reject);
    });
    call.on("timeout", () =>
      call.destroy(new Error(`no answer from ${new URL(url).host} within ${timeoutMs} ms`)),
    );
    call.on("error", reject);
    if (body) call.setHeader("Content-Type", "application/octet-stream");
    call.end(body);
  });
}
