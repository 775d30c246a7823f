import { randomBytes } from "node:crypto";
import {
  constants,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
  closeSync,
  existsSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { users, type Account } from "./accounts";
import { firstScript, lastScript, serverConfiguration, type ServerLimits } from "./configuration";
import { makePipe, removeLeftovers, whyNotStarted, type DataDirectory } from "./data-directory";
import { runEngine } from "./engine";
import { watchForGoneClients } from "./gone-clients";
import { hdfsSettings } from "./hdfs-settings";
import { xml, type Xml } from "./xml";

export interface ServerOptions extends ServerLimits {
  /** An address to listen on. */
  readonly host: string;
  /** Port of the HTTP interface; 0 takes a free one. */
  readonly port: number;
  /** Port of ClickHouse's native protocol; 0 takes a free one, undefined does not serve the protocol. */
  readonly nativePort: number | undefined;
  readonly directory: DataDirectory;
  /** Users who may log in; when empty, everybody may. */
  readonly accounts: readonly Account[];
  /** A file with libhdfs3's settings, instead of those for an HDFS on this machine. */
  readonly hdfsSettingsFile: string | undefined;
}

export interface Listening {
  readonly version: string;
  readonly http: number;
  readonly native?: number;
}

const lookAgainMilliseconds = 20;

/** @throws Error in one line; the engine's own message would be longer */
async function requireFree(host: string, port: number, option: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken =
        error.code === "EADDRINUSE" ? `the port is taken: give another with ${option}` : error.message;
      reject(new Error(`Cannot listen on ${host}:${port}: ${taken}`));
    });
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve()));
  });
}

function writeXml(file: string, root: string, content: Xml): string {
  writeFileSync(file, xml({ [root]: content }), { mode: 0o600 });
  return file;
}

/** ClickHouse's own server, from the engine's library, in this process. A process can have only one. */
export class ClickHouse {
  private constructor(
    readonly listening: Listening,
    /** Resolves when the server has ended, by itself or because of `stop`. */
    readonly ended: Promise<void>,
    private readonly lastScript: string,
  ) {}

  /** @throws Error in one line, when the port is taken or another process holds the directory */
  static async start(options: ServerOptions): Promise<ClickHouse> {
    const { host, port, nativePort, directory, accounts } = options;
    await requireFree(host, port, "--port");
    if (nativePort !== undefined) await requireFree(host, nativePort, "--native-port");
    const inRun = (name: string) => join(directory.run, name);
    const attendantPassword = randomBytes(16).toString("hex");
    const usersFile = writeXml(
      inRun("users.xml"),
      "clickhouse",
      users(accounts, attendantPassword, options.memoryMegabytes),
    );
    const configuration = serverConfiguration(directory, usersFile, options);
    const listeningFile = inRun("listening.json");
    const first = inRun("first.sql");
    writeFileSync(first, firstScript(options.sessions, nativePort !== undefined, listeningFile));
    const last = makePipe(directory, "last.sql");
    const args = [
      `--config-file=${writeXml(inRun("server.xml"), "clickhouse", configuration)}`,
      `--path=${directory.engine}`,
      `--listen_host=${host}`,
      `--http_port=${port}`,
      ...(nativePort === undefined ? [] : [`--tcp_port=${nativePort}`]),
      "--output-format=TabSeparated",
      "--log-level=warning",
      `--queries-file=${first}`,
      `--queries-file=${last}`,
    ];
    const running = runEngine(args, {
      // DateTime means UTC everywhere in the lake.
      TZ: "UTC",
      LIBHDFS3_CONF:
        options.hdfsSettingsFile ?? writeXml(inRun("hdfs-client.xml"), "configuration", hdfsSettings),
    });
    const listening = await Promise.race([
      untilListening(listeningFile),
      running.then(() => Promise.reject(whyNotStarted(directory))),
    ]);
    removeLeftovers(directory);
    const stopWatching = watchForGoneClients({ host, port: listening.http, password: attendantPassword });
    const ended = running.finally(() => {
      stopWatching();
      rmSync(directory.run, { recursive: true, force: true });
    });
    return new ClickHouse(listening, ended, last);
  }

  /** Stops accepting connections, and gives running queries 5 s to end. */
  stop(): void {
    const script = openSync(this.lastScript, constants.O_WRONLY);
    writeSync(script, lastScript);
    closeSync(script);
  }
}

async function untilListening(file: string): Promise<Listening> {
  for (;;) {
    const text = existsSync(file) ? readFileSync(file, "utf8") : "";
    if (text.endsWith("\n")) return JSON.parse(text) as Listening;
    // The engine keeps this process alive; once it has ended, this timer must not.
    await pause(lookAgainMilliseconds, undefined, { ref: false });
  }
}
