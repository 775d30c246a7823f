import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Agent, request } from "undici";

const timeoutMs = 20_000;

/** An error answer of the API server. */
export class ApiRefusal extends Error {
  constructor(
    method: string,
    path: string,
    readonly status: number,
    text: string,
  ) {
    super(`Kubernetes ${method} ${path}: ${status} ${messageOf(text)}`);
  }
}

function messageOf(text: string): string {
  try {
    return (JSON.parse(text) as { message?: string }).message ?? text.slice(0, 200);
  } catch {
    return text.slice(0, 200);
  }
}

const contentTypes = { POST: "application/json", PATCH: "application/merge-patch+json" } as const;

/** Kubernetes' API, used with the pod's service account. */
export class ApiServer {
  private readonly agent: Agent;
  private readonly token: string;

  /** @param account folder with the account's `token`, and `ca.crt` of the API server */
  constructor(
    private readonly url: string,
    account: string,
  ) {
    this.token = readFileSync(join(account, "token"), "utf8").trim();
    this.agent = new Agent({ connect: { ca: readFileSync(join(account, "ca.crt"), "utf8") } });
  }

  get(path: string): Promise<unknown> {
    return this.call("GET", path);
  }

  send(method: keyof typeof contentTypes, path: string, body: object): Promise<unknown> {
    return this.call(method, path, { type: contentTypes[method], text: JSON.stringify(body) });
  }

  async close(): Promise<void> {
    await this.agent.close();
  }

  private async call(
    method: "GET" | keyof typeof contentTypes,
    path: string,
    body?: { readonly type: string; readonly text: string },
  ): Promise<unknown> {
    const { statusCode, body: reply } = await request(`${this.url}${path}`, {
      method,
      dispatcher: this.agent,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body && { "content-type": body.type }),
      },
      ...(body && { body: body.text }),
    });
    const text = await reply.text();
    if (statusCode >= 300) throw new ApiRefusal(method, path, statusCode, text);
    return JSON.parse(text);
  }
}
