import { join } from "node:path";
import type { Endpoints } from "../../lake/endpoints";
import { plainDigits } from "../jvm/launch";
import type { ProcessSpec } from "../process/supervised";
import type { LakeToolchain } from "../lake-toolchain";
import type { DataFolder } from "./data-folder";
import type { StartOptions } from "./options";

/** The context in which every job of a local lake is started. */
export interface JobContext {
  readonly root: string;
  readonly toolchain: LakeToolchain;
  readonly env: NodeJS.ProcessEnv;
  readonly endpoints: Endpoints;
  readonly folder: DataFolder;
  readonly options: StartOptions;
}

/** Snapshots of gold are kept at least this long after a newer one has replaced them. */
const graceSeconds = 60;

const sparkMemory = { bronze: "512m", refine: "704m" } as const;

function node(context: JobContext, name: string, script: string, args: readonly string[]) {
  return {
    name,
    command: process.execPath,
    args: ["--import", "tsx", join(context.root, script), ...args],
    env: context.env,
    logFile: join(context.folder.logs, `${name}.log`),
  };
}

function spark(context: JobContext, name: keyof typeof sparkMemory, script: string, args: readonly string[]) {
  const { archives, javaHome } = context.toolchain;
  const archive = archives.spark === undefined ? "" : ` -XX:SharedArchiveFile=${archives.spark}`;
  const conf = {
    "spark.driver.memory": sparkMemory[name],
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    // With one compiler the JVM's code cache is 48 MB by default, and it compiles no more once Spark has filled it.
    "spark.driver.extraJavaOptions": `-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=160m ${plainDigits.join(" ")}${archive}`,
    "spark.hadoop.dfs.replication": "1",
    "spark.hadoop.dfs.client.use.datanode.hostname": "true",
    "spark.local.dir": join(context.folder.scratch, name),
    "spark.sql.shuffle.partitions": "2",
    // With two partitions there is nothing to adapt, and re-planning a query after each shuffle takes a third of a run.
    "spark.sql.adaptive.enabled": "false",
  };
  return {
    name,
    command: context.toolchain.python,
    args: [
      join(context.root, script),
      ...args,
      ...Object.entries(conf).flatMap(([key, value]) => ["--spark-conf", `${key}=${value}`]),
    ],
    env: {
      ...context.env,
      JAVA_HOME: javaHome,
      SPARK_LOCAL_IP: "127.0.0.1",
      PYTHONUNBUFFERED: "1",
    },
    logFile: join(context.folder.logs, `${name}.log`),
  };
}

function lakeOptions({ endpoints }: JobContext): string[] {
  return ["--hdfs", endpoints.hdfs, "--lake", endpoints.lake];
}

export function bronze(context: JobContext): ProcessSpec {
  const { acceptKafka, trigger } = context.options;
  return {
    ...spark(context, "bronze", "jobs/bronze/main.py", [
      "--kafka",
      context.endpoints.kafka,
      ...lakeOptions(context),
      "--trigger",
      String(trigger),
      ...(acceptKafka === undefined ? [] : [`--accept-kafka=${acceptKafka}`]),
      "--spark-jars",
      context.toolchain.jars.sparkConnector.join(","),
    ]),
    firstLineSaysReady: true,
    stopSeconds: 8,
  };
}

export function refine(context: JobContext): ProcessSpec {
  return {
    ...spark(context, "refine", "jobs/refine/main.py", [
      ...lakeOptions(context),
      "--every",
      String(context.options.every),
      "--late-every",
      String(context.options.lateEvery),
      "--dimensions-every",
      String(context.options.dimensionsEvery),
      "--parsed-models",
      join(context.toolchain.cache, "parsed-models"),
    ]),
    firstLineSaysReady: true,
    stopSeconds: 8,
  };
}

/** A client that keeps a connection open makes ClickHouse take five seconds to end. */
const clickhouseStopSeconds = 8;

export function clickhouse(context: JobContext, nativePort: number): ProcessSpec {
  const { hostname, port } = new URL(context.endpoints.clickhouse);
  return {
    ...node(context, "clickhouse", "jobs/clickhouse/cli.ts", [
      "--host",
      hostname,
      "--port",
      port,
      "--native-port",
      String(nativePort),
      "--data",
      context.folder.clickhouse,
    ]),
    stopSeconds: clickhouseStopSeconds,
  };
}

export function serve(context: JobContext): ProcessSpec {
  const { endpoints } = context;
  return {
    ...node(context, "serve", "jobs/serve/cli.ts", [
      "--webhdfs",
      endpoints.webhdfs,
      ...lakeOptions(context),
      "--clickhouse",
      endpoints.clickhouse,
      "--grace-seconds",
      String(graceSeconds),
    ]),
    stopSeconds: 6,
  };
}

/** Of the page that shows the lake live. */
export function consoleUrl(port: number): string {
  return `http://127.0.0.1:${port}`;
}

export function consolePage(context: JobContext, port: number): ProcessSpec {
  const { kafka, webhdfs, clickhouse } = context.endpoints;
  return {
    ...node(context, "console", "console/cli.ts", [
      ...["--kafka", kafka, "--webhdfs", webhdfs, "--clickhouse", clickhouse],
      ...lakeOptions(context),
      ...["--port", String(port)],
    ]),
    firstLineSaysReady: true,
    stopSeconds: 3,
  };
}

export function publishCatalogue(context: JobContext): ProcessSpec {
  const { endpoints } = context;
  return {
    ...node(context, "catalogue", "jobs/eventsim/cli.ts", [
      "publish-catalogue",
      "--webhdfs",
      endpoints.webhdfs,
      "--lake",
      endpoints.lake,
    ]),
    ends: true,
    stopSeconds: 2,
  };
}

export function eventsim(context: JobContext): ProcessSpec {
  const { options, endpoints } = context;
  const optional = [
    ...(options.users === undefined ? [] : ["--users", String(options.users)]),
    ...(options.for === undefined ? [] : ["--for", String(options.for)]),
  ];
  return {
    ...node(context, "eventsim", "jobs/eventsim/cli.ts", [
      "--sink",
      "kafka",
      "--kafka",
      endpoints.kafka,
      "--rate",
      String(options.rate),
      "--seed",
      String(options.seed),
      "--malformed",
      String(options.malformed),
      "--duplicates",
      String(options.duplicates),
      "--late",
      String(options.late),
      ...optional,
    ]),
    ends: true,
    stopSeconds: 8,
  };
}
