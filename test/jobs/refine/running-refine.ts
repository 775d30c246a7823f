import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import type { Toolchain } from "../../../local/setup/setup";

const root = resolve(__dirname, "../../..");

/** What refine prints of a run. */
const ranSchema = z.object({
  run: z.number(),
  bronzeThrough: z.number(),
  touchedDays: z.array(z.string()),
  /** Files of bronze that were read, by topic. */
  files: z.record(z.string(), z.number()),
  rejected: z.record(z.string(), z.number()),
});
export type Ran = z.infer<typeof ranSchema>;

/** One start of refine. */
export class RefineProcess {
  readonly runs: Ran[] = [];
  private readonly child: ChildProcess;
  private readonly exit: Promise<number | string>;
  private errors = "";

  /** @param stopAt where it is to die: see stop_at.py */
  constructor(toolchain: Toolchain, lake: string, words: readonly string[], stopAt?: string) {
    const { python, java, archives } = toolchain;
    const script = stopAt === undefined ? join(root, "jobs/refine/main.py") : join(__dirname, "stop_at.py");
    const javaOptions = [
      "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=160m",
      ...(archives.spark === undefined ? [] : [`-Xshare:auto -XX:SharedArchiveFile=${archives.spark}`]),
    ].join(" ");
    this.child = spawn(
      python,
      [
        ...[script, "--lake", lake, ...words, "--spark-conf", `spark.driver.extraJavaOptions=${javaOptions}`],
        ...["spark.sql.shuffle.partitions=2", "spark.sql.adaptive.enabled=false", "spark.driver.memory=704m"],
      ],
      {
        stdio: ["ignore", "pipe", "pipe"],
        env: {
          ...process.env,
          JAVA_HOME: dirname(dirname(java)),
          PYTHONUNBUFFERED: "1",
          ...(stopAt !== undefined && { STOP_AT: stopAt }),
        },
      },
    );
    if (!this.child.stdout || !this.child.stderr) throw new Error("refine was started without pipes");
    createInterface({ input: this.child.stdout }).on("line", (line) => {
      const ran = ranSchema.safeParse(JSON.parse(line));
      if (ran.success) this.runs.push(ran.data);
    });
    this.child.stderr.on("data", (chunk) => (this.errors += String(chunk)));
    this.exit = once(this.child, "close").then(
      ([code, signal]) => (code as number | null) ?? (signal as NodeJS.Signals),
    );
  }

  /** What it said to the user. */
  get said(): string[] {
    return this.errors.split("\n").filter((line) => line.startsWith("refine: "));
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** Exit code, or the signal that ended it. */
  ended(): Promise<number | string> {
    return this.exit;
  }

  /** Resolves when the condition holds; rejects with its last words when the process ends first. */
  async until<T>(holds: () => T | undefined | false): Promise<T> {
    let over = false;
    void this.exit.then(() => (over = true));
    for (;;) {
      const found = holds();
      if (found !== undefined && found !== false) return found;
      if (over) throw new Error(`refine ended: ${this.errors.slice(-3_000)}`);
      await new Promise((wake) => setTimeout(wake, 50));
    }
  }

  /** The first run that took a batch of bronze. */
  refined(batch: number): Promise<Ran> {
    return this.until(() => this.runs.find((ran) => ran.bronzeThrough >= batch));
  }
}
