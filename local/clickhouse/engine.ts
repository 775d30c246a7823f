import { Session } from "chdb";
import { whyNotOpened, type DataDirectory } from "./data-directory";
import { ClickHouseError, toClickHouseError } from "./errors";
import { quoted } from "./literals";

export interface QueryResult {
  readonly bytes: Uint8Array;
  /** Rows of the result; for INSERT … FROM INFILE the rows written. */
  readonly rows: number;
  readonly resultBytes: number;
  readonly elapsedSeconds: number;
}

const pingLimitMilliseconds = 5000;

/** One engine on one data directory; there can be one in a process. */
export class Engine {
  private readonly control: Session;
  private ping: Promise<void> | undefined;

  private constructor(
    private readonly path: string,
    first: Session,
    readonly version: string,
    readonly timezone: string,
    /** Output formats, by name in lower case. */
    readonly formats: ReadonlyMap<string, { readonly name: string; readonly contentType: string }>,
  ) {
    this.control = first;
  }

  /** @throws Error in one line when the directory is held by another process. */
  static async open(directory: DataDirectory): Promise<Engine> {
    let first: Session;
    try {
      first = new Session(directory.engine, { connectionArgs: [`--config-file=${directory.config}`] });
    } catch (error) {
      throw whyNotOpened(directory, error);
    }
    const read = async (sql: string) =>
      (await first.queryAsync(sql, { format: "JSONCompactEachRow" })).text().trim().split("\n");
    const [about] = await read("SELECT version(), timezone()");
    const [version, timezone] = JSON.parse(about ?? "[]") as [string, string];
    const rows = (await read("SELECT name, content_type FROM system.formats WHERE is_output")).map(
      (line) => JSON.parse(line) as [string, string],
    );
    const formats = new Map(rows.map(([name, contentType]) => [name.toLowerCase(), { name, contentType }]));
    return new Engine(directory.engine, first, version, timezone, formats);
  }

  /** A connection with a current database, settings, parameters and temporary tables of its own. */
  connect(): Connection {
    return new Connection(new Session(this.path));
  }

  /** Resolves when the engine answered; callers at the same time share one question. */
  alive(): Promise<void> {
    this.ping ??= new Promise<void>((resolve, reject) => {
      const late = setTimeout(
        () => reject(new ClickHouseError(159, "TIMEOUT_EXCEEDED", "The engine does not answer SELECT 1")),
        pingLimitMilliseconds,
      );
      this.control
        .queryAsync("SELECT 1")
        .then(() => resolve(), reject)
        .finally(() => clearTimeout(late));
    }).finally(() => (this.ping = undefined));
    return this.ping;
  }

  /** Ends the queries that have `marker` in their text; all of them without one. They fail with code 394. */
  async kill(marker?: string): Promise<void> {
    const which = marker === undefined ? "1" : `position(query, ${quoted(marker)}) > 0`;
    await this.control.queryAsync(`KILL QUERY WHERE (${which}) AND query NOT LIKE 'KILL QUERY%' ASYNC`);
  }

  /** To be called when all connections are closed. */
  close(): void {
    this.control.close();
  }
}

/** One query at a time. */
export class Connection {
  constructor(private readonly session: Session) {}

  /** @throws ClickHouseError */
  async run(sql: string, format = "TabSeparated"): Promise<QueryResult> {
    try {
      const result = await this.session.queryAsync(sql, { format });
      return {
        bytes: result.bytes(),
        rows: result.rowsRead,
        resultBytes: result.bytesRead,
        elapsedSeconds: result.elapsed,
      };
    } catch (error) {
      throw toClickHouseError(error);
    }
  }

  close(): void {
    this.session.close();
  }
}
