import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "..");

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

/** jobs/clickhouse as a separate process, as `npm start` runs it. */
export class RunningClickHouse {
  private static readonly launched = new Map<ChildProcess, Promise<Ended>>();

  private constructor(
    readonly child: ChildProcess,
    readonly url: string,
    readonly ended: Promise<Ended>,
    /** Its standard error so far. */
    readonly stderr: () => string,
  ) {}

  static launch(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const child = spawn(process.execPath, ["--import", "tsx", "jobs/clickhouse/cli.ts", ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    const ended = once(child, "close").then(([code, signal]) => ({
      code: code as number | null,
      signal: signal as NodeJS.Signals | null,
      stderr,
    }));
    RunningClickHouse.launched.set(child, ended);
    return { child, ended, stderr: () => stderr };
  }

  /** Kills all processes at the end of a test, which may have failed half-way. */
  static async killAll(): Promise<void> {
    for (const [child, ended] of RunningClickHouse.launched) {
      child.kill("SIGKILL");
      await ended;
    }
    RunningClickHouse.launched.clear();
  }

  /** @param data its data folder; it listens on a free port */
  static async start(
    data: string,
    args: readonly string[] = [],
    env?: NodeJS.ProcessEnv,
  ): Promise<RunningClickHouse> {
    const { child, ended, stderr } = RunningClickHouse.launch(["--data", data, "--port", "0", ...args], env);
    const deadline = Date.now() + 60_000;
    while (Date.now() < deadline) {
      const url = /answers on (\S+)/.exec(stderr())?.[1];
      if (url !== undefined) return new RunningClickHouse(child, url, ended, stderr);
      if (child.exitCode !== null) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    child.kill("SIGKILL");
    throw new Error(`ClickHouse did not start: ${stderr()}`);
  }

  /** @returns how it ended */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<Ended> {
    this.child.kill(signal);
    return this.ended;
  }

  /** POSTs `sql`; @returns the answer, whatever its status */
  post(
    sql: string | Buffer,
    parameters: Record<string, string> = {},
    init: RequestInit = {},
  ): Promise<Response> {
    const url = `${this.url}/?${new URLSearchParams(parameters).toString()}`;
    return fetch(url, { method: "POST", body: typeof sql === "string" ? sql : new Uint8Array(sql), ...init });
  }

  /** @returns the result; @throws when the status is not 200 */
  async text(sql: string, parameters: Record<string, string> = {}): Promise<string> {
    const response = await this.post(sql, parameters);
    const text = await response.text();
    if (response.status !== 200) throw new Error(`${response.status} ${text}`);
    return text;
  }
}

export function scratchFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "lake-clickhouse-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
