import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";

const root = resolve(__dirname, "../../..");

/** EventSim, started as a user starts it. */
export class EventSimProcess {
  stdout = "";
  stderr = "";
  readonly child: ChildProcess;
  private readonly exit: Promise<number | null>;

  constructor(...args: readonly string[]) {
    this.child = spawn(process.execPath, ["--import", "tsx", "jobs/eventsim/cli.ts", ...args], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.child.stdout?.on("data", (chunk: Buffer) => (this.stdout += chunk.toString()));
    this.child.stderr?.on("data", (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.exit = once(this.child, "close").then(([code]) => code as number | null);
  }

  /** Resolves with the exit code. */
  ended(): Promise<number | null> {
    return this.exit;
  }

  /** Resolves when the condition holds; rejects with the output when the process ends before. */
  async until(holds: (process: this) => boolean): Promise<void> {
    while (!holds(this)) {
      if (this.child.exitCode !== null)
        throw new Error(`EventSim ended with ${this.child.exitCode}: ${this.stderr}`);
      await new Promise((wait) => setTimeout(wait, 50));
    }
  }

  /** Number of records sent, from its newest progress line. */
  get sent(): number {
    const line = this.stdout.trimEnd().split("\n").at(-1);
    return line?.startsWith("{") && line.endsWith("}") ? (JSON.parse(line) as { sent: number }).sent : 0;
  }

  /** Lines for the user, without those that npm prints on some machines. */
  get said(): string[] {
    return this.stderr.split("\n").filter((line) => line.startsWith("eventsim: "));
  }
}
