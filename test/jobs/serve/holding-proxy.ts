import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

export interface HeldRequest {
  readonly method: string;
  readonly url: string;
  readonly body: string;
}

/** Which request is held, and how far it gets: not at all, with another body, or completely except for the answer. */
export interface Hold {
  readonly matches: (request: HeldRequest) => boolean;
  readonly forward: "nothing" | "all" | ((body: string) => string);
}

/** A proxy between serve and a service that holds one request: the moment to kill serve. */
export class HoldingProxy {
  private constructor(
    private readonly server: http.Server,
    private readonly target: string,
    readonly url: string,
  ) {}

  private holding: (Hold & { held: () => void }) | undefined;

  static async start(target: string, port = 0): Promise<HoldingProxy> {
    const server = http.createServer();
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    const { port: bound } = server.address() as AddressInfo;
    const proxy = new HoldingProxy(server, target, `http://127.0.0.1:${bound}`);
    server.on("request", (request, response) => {
      proxy.pass(request, response).catch(() => response.destroy());
    });
    return proxy;
  }

  /** Resolves when the next request that matches is held. */
  hold(hold: Hold): Promise<void> {
    return new Promise((resolve) => (this.holding = { ...hold, held: resolve }));
  }

  /** Cuts every connection and accepts no new ones. */
  async stop(): Promise<void> {
    const closed = once(this.server, "close");
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private async pass(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const body = await buffer(request);
    const seen = { method: request.method ?? "", url: request.url ?? "", body: body.toString() };
    const hold = this.holding?.matches(seen) ? this.holding : undefined;
    if (!hold) {
      const answer = await this.forward(request, body);
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      return;
    }
    this.holding = undefined;
    if (hold.forward !== "nothing") {
      const sent = hold.forward === "all" ? body : Buffer.from(hold.forward(seen.body));
      const answer = await this.forward(request, sent);
      const text = (await buffer(answer)).toString();
      if ((answer.statusCode ?? 500) >= 400) throw new Error(text);
    }
    hold.held();
  }

  private async forward(request: http.IncomingMessage, body: Buffer): Promise<http.IncomingMessage> {
    const headers = { ...request.headers, "content-length": String(body.length) };
    delete headers["transfer-encoding"];
    const call = http.request(new URL(request.url ?? "/", this.target), { method: request.method, headers });
    call.end(body);
    const [answer] = (await once(call, "response")) as [http.IncomingMessage];
    return answer;
  }
}
