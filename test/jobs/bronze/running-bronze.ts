import { spawn, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { query } from "chdb";
import { Kafka, logLevel, type Message } from "kafkajs";
import { eventTopics, type EventTopic } from "../../../lake/events";
import { layout } from "../../../lake/layout";
import { Journal } from "../../../jobs/hdfs/journal";
import { bronzeCommit } from "../../../lake/records";
import { WebHdfs } from "../../../jobs/hdfs/webhdfs";
import type { Launch } from "../../../local/jvm/launch";
import type { BrokerOptions } from "../../../local/kafka/broker";
import { silentProgress } from "../../../toolchain/progress";
import { setUpLake, type LakeToolchain } from "../../../local/lake-toolchain";
import { startHdfs, type RunningHdfs } from "../../../testbed/running-hdfs";
import { sparkJavaOptions, SparkJvm } from "../../../testbed/spark-jvm";
import { startBroker } from "../kafka/running-broker";

const root = resolve(__dirname, "../../..");
const bronzeScript = join(root, "jobs/bronze/main.py");

function bronzeConf(toolchain: LakeToolchain): Record<string, string> {
  return {
    "spark.driver.memory": "640m",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.extraJavaOptions": sparkJavaOptions(toolchain),
    "spark.hadoop.dfs.replication": "1",
    "spark.hadoop.dfs.client.use.datanode.hostname": "true",
  };
}

/** A record that was sent, by `topic/partition/offset`; the hash is null for a tombstone. */
export type Sent = Map<string, string | null>;

export function sha(value: Buffer): string {
  return createHash("sha256").update(value).digest("hex");
}

/** One start of bronze. */
export class BronzeProcess {
  private readonly printed: string[] = [];
  private readonly exit: Promise<number | string>;
  private errors = "";

  constructor(private readonly child: ChildProcess) {
    if (child.stdout === null || child.stderr === null) throw new Error("bronze was started without pipes");
    createInterface({ input: child.stdout }).on("line", (line) => this.printed.push(line));
    child.stderr.on("data", (chunk) => (this.errors += String(chunk)));
    this.exit = once(child, "close").then(
      ([code, signal]) => (code as number | null) ?? (signal as NodeJS.Signals),
    );
  }

  get lines(): readonly string[] {
    return this.printed;
  }

  /** The last line that bronze itself wrote to stderr. */
  get lastWord(): string {
    const own = this.errors.split("\n").filter((line) => line.startsWith("bronze: "));
    return own.at(-1) ?? this.errors.slice(-2_000);
  }

  get stderr(): string {
    return this.errors;
  }

  get rows(): number {
    return this.printed
      .map((line) => JSON.parse(line) as { rows?: number })
      .reduce((sum, line) => sum + (line.rows ?? 0), 0);
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** Exit code, or the signal that ended it. */
  ended(): Promise<number | string> {
    return this.exit;
  }

  /** Resolves when the condition holds; rejects when the process ends first. */
  async until(holds: () => boolean): Promise<void> {
    let over = false;
    void this.exit.then(() => (over = true));
    while (!holds()) {
      if (over) throw new Error(`bronze ended: ${this.stderr.slice(-3_000)}`);
      await new Promise((wake) => setTimeout(wake, 100));
    }
  }
}

/** The test's own Kafka and HDFS, with the records that were sent and those that a reader of the files finds. */
export class RunningLake {
  readonly sent: Sent = new Map();
  private readonly next = new Map<string, number>();
  private readonly children: ChildProcess[] = [];

  private constructor(
    private readonly folder: string,
    private readonly toolchain: LakeToolchain,
    private readonly services: readonly { stop(): Promise<unknown> }[],
    private readonly jvm: SparkJvm,
    readonly kafkaAddress: string,
    readonly hdfs: RunningHdfs,
    readonly kafka: Kafka,
  ) {}

  /** @param brokerOf a broker other than that of `npm start` */
  static async start(brokerOf?: (options: BrokerOptions) => Launch | Promise<Launch>): Promise<RunningLake> {
    const folder = mkdtempSync(join(tmpdir(), "bronze-"));
    const toolchain = await setUpLake({ root, env: process.env, progress: silentProgress });
    const kafkaBroker = await startBroker(brokerOf);
    const { address } = kafkaBroker;
    const hdfs = await startHdfs(join(folder, "hdfs"));
    const kafka = new Kafka({ clientId: "bronze-test", brokers: [address], logLevel: logLevel.NOTHING });
    const jvm = await SparkJvm.start(toolchain);
    const services = [jvm, kafkaBroker, hdfs.namenode, hdfs.datanode];
    return new RunningLake(folder, toolchain, services, jvm, address, hdfs, kafka);
  }

  get lake() {
    return layout("/lake");
  }

  get webhdfs(): WebHdfs {
    return new WebHdfs(this.hdfs.webhdfs);
  }

  get journal() {
    return Journal.of(this.webhdfs, this.lake, "bronze", bronzeCommit);
  }

  /** Sends to a partition and remembers the records with their offsets. */
  async send(topic: EventTopic, partition: number, messages: readonly Message[]): Promise<void> {
    // A new one each time: a producer that was opened before a partition was added drops its records without an error.
    const producer = this.kafka.producer();
    await producer.connect();
    await producer.send({ topic, messages: messages.map((message) => ({ ...message, partition })) });
    await producer.disconnect();
    for (const { value } of messages) {
      const key = `${topic}/${partition}`;
      const offset = this.next.get(key) ?? 0;
      this.next.set(key, offset + 1);
      this.sent.set(`${key}/${offset}`, value === null ? null : sha(Buffer.from(value)));
    }
  }

  /**
   * Starts bronze in the test file's JVM; while another runs there, in one of its own.
   *
   * @param stop where the test stops it: see stop_at.py. With `ownJvm` it has a JVM that is killed together with it.
   */
  run(args: readonly string[], stop?: { readonly at: string; readonly ownJvm: boolean }) {
    const script = stop === undefined ? bronzeScript : join(__dirname, "stop_at.py");
    const attaches = !stop?.ownJvm && !this.jvm.isTaken;
    const conf = {
      ...bronzeConf(this.toolchain),
      // A JVM that is killed leaves its files; one that others attach to keeps to the folder that it began with.
      ...(!attaches && { "spark.local.dir": join(this.folder, "spark") }),
    };
    const own = [
      ...(args.includes("--kafka") ? [] : ["--kafka", this.kafkaAddress]),
      ...args,
      "--hdfs",
      this.hdfs.url,
      "--spark-jars",
      this.toolchain.jars.sparkConnector.join(","),
      ...Object.entries(conf).flatMap(([key, value]) => ["--spark-conf", `${key}=${value}`]),
    ];
    const run = attaches ? this.jvm.attached(script, own) : { args: [script, ...own], env: {} };
    const child = spawn(this.toolchain.python, run.args, {
      cwd: this.folder,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        JAVA_HOME: dirname(dirname(this.toolchain.java)),
        SPARK_LOCAL_IP: "127.0.0.1",
        PYTHONUNBUFFERED: "1",
        ...run.env,
        ...(stop && { STOP_AT: stop.at }),
      },
    });
    this.children.push(child);
    if (attaches) this.jvm.takenBy(child);
    return new BronzeProcess(child);
  }

  /** Rows from the ClickHouse engine, which lists the files and knows nothing of commit records. */
  select(columns: string, layer: "bronze" | "quarantine", topic: EventTopic): Record<string, unknown>[] {
    const files = `${this.hdfs.url}${this.lake.raw(layer, topic)}/date=*/hour=*/*.parquet`;
    const rows = query(`SELECT ${columns} FROM hdfs('${files}', 'Parquet')`, "JSONEachRow");
    return String(rows)
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** Every row of both layers as `topic/partition/offset`, with the hash of its value; duplicates are listed twice. */
  async landed(): Promise<[string, string | null][]> {
    const found: [string, string | null][] = [];
    for (const layer of ["bronze", "quarantine"] as const)
      for (const topic of eventTopics) {
        // The engine refuses a pattern that matches no file; a folder may exist before its first file.
        const folder = this.lake.raw(layer, topic);
        if (!(await this.webhdfs.exists(folder))) continue;
        if ((await this.webhdfs.contentSummary(folder)).fileCount === 0) continue;
        const rows = this.select(
          "kafka_partition, kafka_offset, if(isNull(kafka_value), NULL, lower(hex(SHA256(assumeNotNull(kafka_value))))) AS sha",
          layer,
          topic,
        );
        for (const row of rows) {
          const offset = Number(row.kafka_offset);
          found.push([`${topic}/${String(row.kafka_partition)}/${offset}`, row.sha as string | null]);
        }
      }
    return found.sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
  }

  /** What `landed` must be: every record that was sent, once. */
  expected(): [string, string | null][] {
    return [...this.sent].sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
  }

  async stop(): Promise<void> {
    for (const child of this.children) child.kill("SIGKILL");
    await Promise.all(this.services.map((service) => service.stop()));
    rmSync(this.folder, { recursive: true, force: true });
  }
}
