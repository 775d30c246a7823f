import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import type { LakeToolchain } from "../local/lake-toolchain";
import { sparkJavaOptions, type SparkJvm } from "./spark-jvm";

const root = resolve(__dirname, "..");

const cost = { seconds: z.number(), cpuSeconds: z.number(), bytesRead: z.number(), bytesWritten: z.number() };

/** The line that refine prints for a run of silver. */
const silverRan = z.object({
  ...cost,
  step: z.literal("silver"),
  run: z.number(),
  bronzeThrough: z.number(),
  rows: z.record(z.string(), z.number()),
  excluded: z.record(z.string(), z.record(z.string(), z.number())),
  waiting: z.number(),
});
/** The line that refine prints for a run of gold. */
const goldRan = z.object({
  ...cost,
  step: z.literal("gold"),
  run: z.number(),
  through: z.object({ silver: z.number(), late: z.number(), lifetime: z.number() }),
  changed: z.record(z.string(), z.union([z.literal("all"), z.array(z.string())])),
});
export type SilverRan = z.infer<typeof silverRan>;
export type GoldRan = z.infer<typeof goldRan>;

const patienceMilliseconds = 400_000;

export interface RefineStart {
  readonly toolchain: LakeToolchain;
  readonly hdfs: string;
  readonly lake: string;
  readonly args: readonly string[];
  /** The point at which it is killed or paused: see stop_refine_at.py. */
  readonly stopAt?: string;
  /** A script of this folder that changes something and then runs refine. */
  readonly script?: string;
  /** Additional environment variables, as a user may have set them. */
  readonly env?: NodeJS.ProcessEnv;
  /** Runs in this JVM instead of one of its own. */
  readonly jvm?: SparkJvm;
}

/** Spark settings of refine, as `npm start` has them: `key=value`. */
export function refineConf(toolchain: LakeToolchain): string[] {
  return [
    `spark.driver.extraJavaOptions=${sparkJavaOptions(toolchain)}`,
    "spark.sql.shuffle.partitions=2",
    "spark.sql.adaptive.enabled=false",
    "spark.driver.memory=704m",
  ];
}

/** One start of refine. */
export class RefineProcess {
  readonly silver: SilverRan[] = [];
  readonly gold: GoldRan[] = [];
  isHeld = false;
  private readonly child: ChildProcess;
  private readonly exit: Promise<number | string>;
  private errors = "";

  constructor({ toolchain, hdfs, lake, args, stopAt, script: changes, env, jvm }: RefineStart) {
    const { python, java } = toolchain;
    const changed = changes ?? (stopAt === undefined ? undefined : "stop_refine_at.py");
    const script = changed === undefined ? join(root, "jobs/refine/main.py") : join(__dirname, changed);
    const own = [
      ...["--hdfs", hdfs, "--lake", lake, "--parsed-models", join(toolchain.cache, "parsed-models"), ...args],
      ...refineConf(toolchain).flatMap((setting) => ["--spark-conf", setting]),
    ];
    const run = jvm?.attached(script, own) ?? { args: [script, ...own], env: {} };
    this.child = spawn(python, run.args, {
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        JAVA_HOME: dirname(dirname(java)),
        PYTHONUNBUFFERED: "1",
        ...(stopAt !== undefined && { STOP_AT: stopAt }),
        ...run.env,
        ...env,
      },
    });
    if (!this.child.stdout || !this.child.stderr) throw new Error("refine was started without pipes");
    createInterface({ input: this.child.stdout }).on("line", (line) => {
      const said: unknown = JSON.parse(line);
      const [silver, gold] = [silverRan.safeParse(said), goldRan.safeParse(said)];
      if (silver.success) this.silver.push(silver.data);
      if (gold.success) this.gold.push(gold.data);
      this.isHeld ||= line.includes('"held"');
    });
    this.child.stderr.on("data", (chunk) => (this.errors += String(chunk)));
    jvm?.takenBy(this.child);
    this.exit = once(this.child, "close").then(([code, signal]) => {
      return (code as number | null) ?? (signal as NodeJS.Signals);
    });
  }

  /** The lines that it printed for the user. */
  get said(): string[] {
    return this.errors.split("\n").filter((line) => /^(refine|silver): /.test(line));
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** Resolves with the exit code, or with the signal that ended it. */
  ended(): Promise<number | string> {
    return this.exit;
  }

  /** Resolves when the condition holds; rejects with the last output when the process ends before, or takes too long. */
  async until<T>(holds: () => T | undefined | false): Promise<T> {
    let over = false;
    void this.exit.then(() => (over = true));
    const deadline = Date.now() + patienceMilliseconds;
    for (;;) {
      const found = holds();
      if (found !== undefined && found !== false) return found;
      if (over) throw new Error(`refine ended: ${this.errors.slice(-3_000)}`);
      if (Date.now() > deadline) throw new Error(`refine did not get there: ${this.errors.slice(-3_000)}`);
      await new Promise((wake) => setTimeout(wake, 50));
    }
  }

  /** The run of silver that read a batch of bronze. */
  taken(batch: number): Promise<SilverRan> {
    return this.until(() => this.silver.find((ran) => ran.bronzeThrough >= batch));
  }

  /** The first run of gold after which all days and lifetime figures include a batch of bronze. */
  async merged(batch: number): Promise<GoldRan> {
    const { run } = await this.taken(batch);
    return this.until(() => this.gold.find(({ through }) => Math.min(...Object.values(through)) >= run));
  }
}
