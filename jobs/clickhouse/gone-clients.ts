import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { attendant } from "./accounts";
import { gonePeers, type Peer } from "./connections";

export interface GoneClientsOptions {
  /** Where the server listens. */
  readonly host: string;
  readonly port: number;
  /** Password of the user `attendant`. */
  readonly password: string;
}

interface Query {
  readonly query_id: string;
  readonly query_kind: string;
  readonly query: string;
}

const lookAgainMilliseconds = 500;
const readingKinds: ReadonlySet<string> = new Set(["Select", "Show", "Describe", "Explain"]);

/** The address at which a server can be reached that listens on all addresses. */
function reachable(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}

class Attendant {
  private readonly told = new Set<string>();

  constructor(private readonly options: GoneClientsOptions) {}

  async look(): Promise<void> {
    const tables = await Promise.all(["tcp", "tcp6"].map((name) => readFile(`/proc/net/${name}`, "latin1")));
    const peers = tables.flatMap((table) => gonePeers(table, this.options.port));
    if (peers.length === 0) return;
    const queries = await this.queriesOf(peers);
    const reads = queries.filter(({ query_kind }) => readingKinds.has(query_kind));
    if (reads.length > 0) {
      const ids = reads.map(({ query_id }) => query_id);
      await this.ask("KILL QUERY WHERE query_id IN {ids:Array(String)} ASYNC", { ids: list(ids) });
    }
    for (const query of queries) if (!reads.includes(query)) this.tell(query);
  }

  private async queriesOf(peers: readonly Peer[]): Promise<Query[]> {
    const answer = await this.ask(
      "SELECT query_id, query_kind, query FROM system.processes " +
        "WHERE (toString(address), port) IN (SELECT toString(toIPv6(tupleElement(peer, 1))), toUInt16(tupleElement(peer, 2)) " +
        "FROM (SELECT arrayJoin(arrayZip({addresses:Array(String)}, {ports:Array(UInt16)})) AS peer)) FORMAT JSONEachRow",
      {
        addresses: list(peers.map(({ address }) => address)),
        ports: `[${peers.map(({ port }) => port).join(",")}]`,
      },
    );
    const lines = answer.split("\n").filter((line) => line !== "");
    return lines.map((line) => JSON.parse(line) as Query);
  }

  /** As on any ClickHouse, a write goes on without its client; it is only reported. */
  private tell({ query_id, query_kind, query }: Query): void {
    if (this.told.has(query_id)) return;
    this.told.add(query_id);
    console.error(
      `The client of query ${query_id} (${query_kind}: ${query.slice(0, 80).replace(/\s+/g, " ")}) went away; the query goes on. ` +
        `What became of it: SELECT type, written_rows, exception FROM system.query_log WHERE query_id = '${query_id}' ORDER BY event_time_microseconds`,
    );
  }

  private async ask(sql: string, parameters: Readonly<Record<string, string>>): Promise<string> {
    const { host, port, password } = this.options;
    const url = new URL(`http://${reachable(host)}:${port}/`);
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(`param_${name}`, value);
    const response = await fetch(url, {
      method: "POST",
      body: sql,
      headers: { "X-ClickHouse-User": attendant, "X-ClickHouse-Key": password, Connection: "close" },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(text.trim());
    return text;
  }
}

function list(texts: readonly string[]): string {
  return `[${texts.map((text) => `'${text.replace(/[\\']/g, "\\$&")}'`).join(",")}]`;
}

/**
 * Ends read queries whose client has closed its connection; ClickHouse itself notices that only when it sends
 * something. For a write query it prints to standard error how to find out its outcome. Works only on Linux: other
 * systems don't list connections in a file.
 * @returns a function that ends the watch
 */
export function watchForGoneClients(options: GoneClientsOptions): () => void {
  const end = new AbortController();
  const watch = new Attendant(options);
  const go = async () => {
    while (!end.signal.aborted) {
      await watch.look().catch((error: unknown) => {
        if (end.signal.aborted) return;
        console.error(`Can't look for queries of clients that went away: ${String(error)}`);
      });
      await pause(lookAgainMilliseconds, undefined, { ref: false });
    }
  };
  if (process.platform === "linux") void go();
  return () => end.abort();
}
