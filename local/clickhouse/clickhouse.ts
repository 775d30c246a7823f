import type { Server } from "node:http";
import type { Account } from "./credentials";
import { emptySpool, makePipes, type DataDirectory } from "./data-directory";
import { Engine } from "./engine";
import type { QueryFront } from "./run-query";
import { createFront } from "./server";
import { NamedSessions, Slots } from "./session-pool";

export interface ClickHouseOptions {
  readonly host: string;
  readonly port: number;
  readonly directory: DataDirectory;
  /** Queries that may run at once. */
  readonly sessions: number;
  /** Who is let in; everybody when there are none. */
  readonly accounts: readonly Account[];
}

/** How long running queries get at the end, before they are killed. */
const lastSeconds = 5;

function listen(server: Server, { host, port }: ClickHouseOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken =
        error.code === "EADDRINUSE" ? "the port is taken: give another with --port" : error.message;
      reject(new Error(`Cannot listen on ${host}:${port}: ${taken}`));
    });
    server.listen(port, host, resolve);
  });
}

/** A local ClickHouse: the embedded engine behind the HTTP interface. */
export class ClickHouse {
  private constructor(
    private readonly server: Server,
    private readonly front: QueryFront,
  ) {}

  /** @throws Error in one line: port taken, directory held by another process */
  static async start(options: ClickHouseOptions): Promise<ClickHouse> {
    const { directory } = options;
    const engine = await Engine.open(directory);
    emptySpool(directory);
    const front: QueryFront = {
      engine,
      slots: new Slots(makePipes(directory, options.sessions)),
      sessions: new NamedSessions(engine),
      spool: directory.spool,
      running: new Set(),
    };
    const server = createFront(front, options.accounts);
    try {
      await listen(server, options);
    } catch (error) {
      engine.close();
      throw error;
    }
    return new ClickHouse(server, front);
  }

  get version(): string {
    return this.front.engine.version;
  }

  get port(): number {
    const address = this.server.address();
    return address !== null && typeof address === "object" ? address.port : 0;
  }

  /** Takes no more queries, lets the running ones end, kills what has not ended in time, closes the engine. */
  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    // A connection is idle again when its query has ended: clients keep it open for the next.
    const sweep = setInterval(() => this.server.closeIdleConnections(), 50);
    const kill = setTimeout(() => {
      this.server.closeAllConnections();
      void this.front.engine.kill();
    }, lastSeconds * 1000);
    await closed;
    while (this.front.running.size > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    clearTimeout(kill);
    clearInterval(sweep);
    this.front.sessions.close();
    this.front.engine.close();
  }
}
