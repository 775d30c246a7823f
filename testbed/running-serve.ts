import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { until } from "../local/jvm/until";

const root = resolve(__dirname, "..");

export interface ServeAddresses {
  readonly webhdfs: string;
  readonly hdfs: string;
  readonly clickhouse: string;
}

export interface ServeEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** jobs/serve as a separate process. */
export class RunningServe {
  private output = "";
  private errors = "";
  private readonly end: Promise<ServeEnd>;

  private constructor(private readonly child: ChildProcess) {
    child.stdout?.setEncoding("utf8").on("data", (text: string) => (this.output += text));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (this.errors += text));
    this.end = once(child, "close").then(([code, signal]) => ({
      code: code as number | null,
      signal: signal as NodeJS.Signals | null,
    }));
  }

  static start({ webhdfs, hdfs, clickhouse }: ServeAddresses, ...options: string[]): RunningServe {
    const addresses = ["--webhdfs", webhdfs, "--hdfs", hdfs, "--clickhouse", clickhouse, "--lake", "/lake"];
    const script = ["--import", "tsx", "jobs/serve/cli.ts", "--poll-seconds", "0.1"];
    return new RunningServe(
      spawn(process.execPath, [...script, ...addresses, ...options], {
        cwd: root,
        stdio: ["ignore", "pipe", "pipe"],
      }),
    );
  }

  /** The lines of standard output: one for each publish. */
  get published(): unknown[] {
    return this.output
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as unknown);
  }

  /** The lines of standard error. */
  get said(): string[] {
    return this.errors.split("\n").filter(Boolean);
  }

  /** Resolves when it has published `count` times; rejects with its output when it does not. */
  async publishes(count: number): Promise<void> {
    await until(
      "serve's publish",
      () => Promise.resolve(this.published.length >= count ? undefined : this.said.join("\n")),
      AbortSignal.timeout(120_000),
    );
  }

  /** Resolves with the first line that matches. */
  async says(pattern: RegExp): Promise<string> {
    const found = () => this.said.find((line) => pattern.test(line));
    await until(
      `serve saying ${pattern}`,
      () => Promise.resolve(found() === undefined ? this.said.join("\n") : undefined),
      AbortSignal.timeout(120_000),
    );
    return found() ?? "";
  }

  signal(signal: NodeJS.Signals): Promise<ServeEnd> {
    this.child.kill(signal);
    return this.end;
  }

  ended(): Promise<ServeEnd> {
    return this.end;
  }
}
