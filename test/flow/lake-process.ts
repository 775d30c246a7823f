import { execFile, spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { endpointsSchema, type Endpoints } from "../../lake/endpoints";
import { consoleUrl } from "../../local/start/jobs";
import { portsFrom } from "../../local/start/ports";

const root = resolve(__dirname, "../..");
const execute = promisify(execFile);

/** A whole lake, started as a user starts it, with its own ports and its own folder. */
export class LakeProcess {
  readonly data = mkdtempSync(join(tmpdir(), "flow-"));
  readonly reportFile = join(this.data, "report.json");
  output = "";
  private child: ChildProcess | undefined;

  constructor(private readonly ports: number) {}

  get pid(): number {
    if (this.child?.pid === undefined) throw new Error("the lake was not started");
    return this.child.pid;
  }

  get consoleUrl(): string {
    return consoleUrl(portsFrom(this.ports).console);
  }

  start(...words: string[]): void {
    this.startIn(process.env, ...words);
  }

  startIn(env: NodeJS.ProcessEnv, ...words: string[]): void {
    this.output = "";
    const args = [
      "commands/bootstrap.mjs",
      "start",
      "--data",
      join(this.data, "lake"),
      "--ports",
      String(this.ports),
    ];
    this.child = spawn(process.execPath, [...args, ...words], {
      cwd: root,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on("data", (chunk: Buffer) => (this.output += chunk.toString()));
    }
  }

  /** Resolves with the exit code. */
  ended(): Promise<number | null> {
    const child = this.child;
    if (!child) throw new Error("the lake was not started");
    if (child.exitCode !== null) return Promise.resolve(child.exitCode);
    return new Promise((resolve) => child.once("exit", (code) => resolve(code)));
  }

  signal(name: NodeJS.Signals): void {
    process.kill(this.pid, name);
  }

  /** Resolves when data flows; rejects with the output when the lake ends before. */
  async running(): Promise<Endpoints> {
    while (!this.output.includes("The lake runs.")) {
      if (this.child?.exitCode !== null) throw new Error(`the lake ended early:\n${this.output}`);
      await sleep(100);
    }
    return endpointsSchema.parse(JSON.parse(readFileSync(join(this.data, "lake/endpoints.json"), "utf8")));
  }

  /** Processes whose command line contains all of the words, except this one. */
  async find(...words: string[]): Promise<number[]> {
    const { stdout } = await execute("ps", ["-axww", "-o", "pid=,args="], { maxBuffer: 64 * 1024 ** 2 });
    return stdout
      .split("\n")
      .filter((line) => words.every((word) => line.includes(word)))
      .map((line) => Number(line.trim().split(" ")[0]))
      .filter((pid) => pid !== process.pid);
  }

  /** Kills a part as `kill -9` does; resolves with the number of processes killed. */
  async kill(...words: string[]): Promise<number> {
    const pids = await this.find(...words);
    for (const pid of pids) process.kill(pid, "SIGKILL");
    return pids.length;
  }

  /** Resolves when no process of the lake is left. */
  async gone(): Promise<void> {
    while ((await this.find(this.data)).length > 0) await sleep(200);
  }

  remove(): void {
    if (this.child?.exitCode === null && this.child.signalCode === null) this.child.kill("SIGTERM");
    rmSync(this.data, { recursive: true, force: true, maxRetries: 20, retryDelay: 500 });
  }
}
