import { spawn, type ChildProcess } from "node:child_process";
import { createWriteStream, type WriteStream } from "node:fs";
import { createInterface } from "node:readline";
import type { OrphanGuard } from "../../toolchain/process/orphan-guard";

/** One process of the lake, and how to run it. */
export interface ProcessSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** File to which standard output and error are appended. */
  readonly logFile: string;
  /** Resolves when the process can be used; rejects with the reason when it never will. */
  readonly ready?: (signal: AbortSignal) => Promise<void>;
  /** The process is ready when it prints a line to standard output; otherwise when it runs, or when `ready` resolves. */
  readonly firstLineSaysReady?: true;
  /** Called with each line of standard output. */
  readonly onLine?: (line: string) => void;
  /** The process may end by itself with exit code 0, and is then not started again. */
  readonly ends?: true;
  /** Seconds from SIGTERM to SIGKILL. */
  readonly stopSeconds: number;
}

export type ProcessState =
  | { readonly at: "waiting"; readonly why: string }
  | { readonly at: "starting" }
  | { readonly at: "ready" }
  | { readonly at: "restarting"; readonly inSeconds: number; readonly why: string }
  | { readonly at: "ended" }
  | { readonly at: "stopped" };

/** Gives a process up that has died this many times in a row without having been ready for `steadySeconds`. */
const attempts = 5;
const steadySeconds = 60;
const lastLinesKept = 15;

/** Starts a process, restarts it with a growing pause when it dies, and stops it. */
export class Supervised {
  state: ProcessState = { at: "waiting", why: "" };
  /** How often the process has been restarted. */
  restarts = 0;
  private child: ChildProcess | undefined;
  private failures = 0;
  private stopping = false;
  private lastLines: string[] = [];
  private wake: (() => void) | undefined;
  private readonly log: WriteStream;

  constructor(
    readonly spec: ProcessSpec,
    private readonly guard: OrphanGuard,
    private readonly giveUp: (error: Error) => void,
    /** Pause before a restart, by the number of deaths in a row. */
    private readonly pauseSeconds: (deaths: number) => number = (deaths) => 2 ** (deaths - 1),
  ) {
    this.log = createWriteStream(spec.logFile, { flags: "a" });
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Resolves when the process is ready for the first time. */
  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      void this.keepRunning(resolve).catch((error: Error) => {
        reject(error);
        this.giveUp(error);
      });
    });
  }

  /** Stops the process with SIGTERM, or after `stopSeconds` with SIGKILL. Resolves when it has ended. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wake?.();
    const child = this.child;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
      this.state = { at: "stopped" };
      return;
    }
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    const group = child.pid;
    // Only the first process of the group gets SIGTERM: a driver stops its own JVM at a suitable point of its work.
    child.kill("SIGTERM");
    const timer = setTimeout(() => signalGroup(group, "SIGKILL"), this.spec.stopSeconds * 1000);
    await ended;
    clearTimeout(timer);
    this.state = { at: "stopped" };
    this.log.end();
  }

  private async keepRunning(firstReady: () => void): Promise<void> {
    while (!this.stopping) {
      const startedAt = Date.now();
      const end = await this.runOnce(firstReady);
      if (this.stopping) return;
      if (this.spec.ends && end === "exit code 0") {
        this.state = { at: "ended" };
        return;
      }
      this.failures = Date.now() - startedAt > steadySeconds * 1000 ? 1 : this.failures + 1;
      if (this.failures >= attempts) throw this.failure(end);
      const inSeconds = this.pauseSeconds(this.failures);
      this.state = { at: "restarting", inSeconds, why: end };
      this.restarts += 1;
      await this.pause(inSeconds);
    }
  }

  private async runOnce(firstReady: () => void): Promise<string> {
    this.state = { at: "starting" };
    this.lastLines = [];
    const { command, args, env, ready } = this.spec;
    // A process group of its own, so that Ctrl-C reaches only the parent, which stops the parts in order.
    const child = spawn(command, [...args], {
      env: { ...env },
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.child = child;
    if (child.pid !== undefined) this.guard.watch(child.pid);
    const starting = new AbortController();
    const end = new Promise<string>((resolve) => {
      child.once("error", (error) => resolve(error.message));
      child.once("exit", (code, signal) => resolve(signal ? `ended by ${signal}` : `exit code ${code}`));
    });
    const spoke = this.readLines(child);
    const usable = ready?.(starting.signal) ?? (this.spec.firstLineSaysReady ? spoke : Promise.resolve());
    const readiness = Promise.race([usable, end]).then(
      () => {
        if (child.exitCode !== null || child.signalCode !== null || this.stopping) return;
        this.state = { at: "ready" };
        firstReady();
      },
      (error: unknown) => {
        if (starting.signal.aborted) return;
        this.note(error instanceof Error ? error.message : String(error));
        if (child.pid !== undefined) signalGroup(child.pid, "SIGKILL");
      },
    );
    const ended = await end;
    starting.abort();
    await readiness;
    if (child.pid !== undefined) {
      // A driver that died may leave its JVM running, so the whole group is killed.
      signalGroup(child.pid, "SIGKILL");
      this.guard.forget(child.pid);
    }
    return ended;
  }

  /** Resolves at the first line of standard output. */
  private readLines(child: ChildProcess): Promise<void> {
    if (child.stderr) createInterface({ input: child.stderr }).on("line", (line) => this.note(line));
    return new Promise((resolve) => {
      if (!child.stdout) return;
      createInterface({ input: child.stdout }).on("line", (line) => {
        this.note(line);
        this.spec.onLine?.(line);
        resolve();
      });
    });
  }

  private note(line: string): void {
    this.log.write(`${line}\n`);
    this.lastLines.push(line);
    if (this.lastLines.length > lastLinesKept) this.lastLines.shift();
  }

  private failure(end: string): Error {
    const said = this.lastLines.map((line) => `    ${line.slice(0, 300)}`).join("\n");
    return new Error(
      `${this.spec.name} died ${attempts} times in a row (${end}); its last words, all of them in ${this.spec.logFile}:\n${said}`,
    );
  }

  private pause(seconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, seconds * 1000);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function signalGroup(processGroup: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-processGroup, signal);
  } catch {
    // The group has ended already.
  }
}
