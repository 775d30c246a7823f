import { spawn, type ChildProcess, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import type { LakeToolchain } from "../local/lake-toolchain";

/** It keeps what several applications have compiled. */
const memory = "1600m";

/** The options that Spark's JVM has in `npm start`. */
export function sparkJavaOptions({ archives }: LakeToolchain): string {
  return [
    "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=160m",
    ...(archives.spark === undefined ? [] : [`-Xshare:auto -XX:SharedArchiveFile=${archives.spark}`]),
  ].join(" ");
}

const whereItIs = z.object({ port: z.number(), secret: z.string() });

/**
 * A JVM of Spark that stays warm while one Python process after another runs in it. Its first run costs a minute of
 * CPU and each later one a fraction, so tests start their jobs here. It ends with the process that started it.
 */
export class SparkJvm {
  private taker: ChildProcess | undefined;

  private constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    private readonly where: z.infer<typeof whereItIs>,
    private readonly forgets: boolean,
  ) {}

  /** @param forgets what an ended process held is forgotten; not for processes that give Spark functions to call */
  static async start(toolchain: LakeToolchain, { forgets = false } = {}): Promise<SparkJvm> {
    // Processes that attach can't change these: they are settings of the JVM itself.
    const conf = [
      `spark.driver.memory=${memory}`,
      `spark.driver.extraJavaOptions=${sparkJavaOptions(toolchain)}`,
      `spark.jars=${toolchain.jars.sparkConnector.join(",")}`,
    ];
    const child = spawn(toolchain.python, [join(__dirname, "spark_jvm.py"), ...conf], {
      stdio: "pipe",
      env: { ...process.env, JAVA_HOME: dirname(dirname(toolchain.java)), SPARK_LOCAL_IP: "127.0.0.1" },
    });
    let errors = "";
    child.stderr.on("data", (chunk) => (errors = `${errors}${String(chunk)}`.slice(-2_000)));
    for await (const line of createInterface({ input: child.stdout })) {
      const jvm = new SparkJvm(child, whereItIs.parse(JSON.parse(line)), forgets);
      // What the JVM writes from now on must not fill the pipe, and none of it keeps this process from ending.
      child.stdout.resume();
      for (const held of [child, child.stdin, child.stdout, child.stderr])
        (held as { unref?(): void }).unref?.();
      return jvm;
    }
    throw new Error(`the JVM of Spark ended before it said where it is: ${errors}`);
  }

  /** The arguments and variables with which Python runs a script in this JVM. */
  attached(script: string, args: readonly string[]) {
    return {
      args: [join(__dirname, "attach_to_jvm.py"), script, ...args],
      env: {
        JVM_PORT: String(this.where.port),
        JVM_SECRET: this.where.secret,
        ...(this.forgets && { JVM_FORGETS: "true" }),
      },
    };
  }

  /** Whether a process is attached: only one can be at a time. */
  get isTaken(): boolean {
    return this.taker !== undefined && this.taker.exitCode === null && this.taker.signalCode === null;
  }

  takenBy(process: ChildProcess): void {
    this.taker = process;
  }

  async stop(): Promise<void> {
    const ended = once(this.child, "close");
    this.child.stdin.end();
    await ended;
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }
}
