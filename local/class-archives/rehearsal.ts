import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { openKafka } from "../../jobs/kafka/open";
import { WebHdfs } from "../../jobs/hdfs/webhdfs";
import { datanode, namenode } from "../hdfs/daemons";
import { waitForHdfs } from "../hdfs/ready";
import { freePorts } from "../jvm/free-ports";
import { until } from "../jvm/until";
import { prepareLaunch, type Command, type Launch } from "../jvm/launch";
import { broker } from "../kafka/broker";
import { waitForKafka } from "../kafka/ready";
import type { OrphanGuard } from "../../toolchain/process/orphan-guard";
import { run } from "../../toolchain/run";

/** Lists of the classes that were loaded, and the class path for which they are valid. */
export interface ClassList {
  lists: string[];
  classPath: string;
}

export interface RehearsalOptions {
  java: string;
  /** Scratch folder for everything that the rehearsal writes. */
  folder: string;
  env: NodeJS.ProcessEnv;
  guard: OrphanGuard;
}

const readyWithinSeconds = 180;

/** Starts a broker, produces and consumes, and stops it. */
export async function rehearseKafka(options: RehearsalOptions, jars: string[]): Promise<ClassList> {
  const [port = 0, controllerPort = 0] = await freePorts(2);
  const list = join(options.folder, "kafka.classes");
  const launch = broker({
    jvm: { java: options.java, classPath: jars },
    configFolder: join(options.folder, "config"),
    dataFolder: join(options.folder, "kafka"),
    port,
    controllerPort,
  });
  const stop = await start(launch, list, options);
  try {
    await waitForKafka(`127.0.0.1:${port}`, AbortSignal.timeout(readyWithinSeconds * 1000));
    await sendAndReceive(`127.0.0.1:${port}`);
  } finally {
    await stop();
  }
  return { lists: [list], classPath: jars.join(":") };
}

async function sendAndReceive(brokers: string): Promise<void> {
  const kafka = openKafka({ brokers, clientId: "rehearsal", retries: 5 });
  try {
    const topic = "rehearsal";
    await kafka.createTopics([{ name: topic, partitions: 3, replicationFactor: 1, config: {} }]);
    const producer = await kafka.producer();
    await producer.send([{ topic, records: [{ key: "k", value: "v", partition: 0 }] }]);
    await producer.close();
    await kafka.read(topic, new Map([[0, { from: 0, until: 1 }]]));
  } finally {
    await kafka.close();
  }
}

/**
 * Starts NameNode and DataNode, writes and reads, and stops them. `meanwhile` may use this HDFS; it gets its address,
 * `hdfs://host:port`.
 */
export async function rehearseHdfs<T>(
  options: RehearsalOptions,
  jars: string[],
  meanwhile: (hdfs: string) => Promise<T>,
): Promise<[ClassList, T]> {
  const [namenodeRpc = 0, namenodeHttp = 0, datanodeData = 0, datanodeIpc = 0, datanodeHttp = 0] =
    await freePorts(5);
  const hdfs = {
    jvm: { java: options.java, classPath: jars },
    configFolder: join(options.folder, "config"),
    namenodeFolder: join(options.folder, "namenode"),
    datanodeFolder: join(options.folder, "datanode"),
    ports: { namenodeRpc, namenodeHttp, datanodeData, datanodeIpc, datanodeHttp },
  };
  const lists = ["namenode", "datanode"].map((name) => join(options.folder, `${name}.classes`));
  const [namenodeList = "", datanodeList = ""] = lists;
  const stopNamenode = await start(namenode(hdfs), namenodeList, options);
  const stopDatanode = await start(datanode(hdfs), datanodeList, options);
  try {
    const address = `http://127.0.0.1:${namenodeHttp}`;
    const signal = AbortSignal.timeout(readyWithinSeconds * 1000);
    await waitForHdfs(address, signal);
    const client = new WebHdfs(address);
    // A lake that uses the whole processor delays the DataNode's heartbeats, and the NameNode may then not choose it.
    const write = () => client.write("/rehearsal/file", "content").then(() => undefined);
    await until("a DataNode that takes a file", write, signal);
    await client.allowSnapshot("/rehearsal");
    await client.createSnapshot("/rehearsal", "s");
    await client.rename("/rehearsal/file", "/rehearsal/renamed");
    await client.read("/rehearsal/renamed");
    await client.list("/rehearsal");
    return [{ lists, classPath: jars.join(":") }, await meanwhile(`hdfs://127.0.0.1:${namenodeRpc}`)];
  } finally {
    await Promise.all([stopNamenode(), stopDatanode()]);
  }
}

/** Runs `script`, which does on a small scale what the jobs do, and prints the JVM's class path as its last line. */
export async function rehearseSpark(
  options: RehearsalOptions,
  python: string,
  script: string,
  folder: string,
): Promise<ClassList> {
  const list = join(options.folder, "spark.classes");
  const env = { ...options.env, SPARK_LOCAL_IP: "127.0.0.1", SPARK_LOCAL_DIRS: options.folder };
  const { code, output } = await run(python, [script, list, folder], {
    env,
    cwd: options.folder,
    guard: options.guard,
  });
  const classPath = output.split("\n").find((line) => line.includes(".jar:") && !line.includes(" "));
  if (code !== 0 || classPath === undefined) throw new Error(output.trim().split("\n").at(-1));
  return { lists: [list], classPath };
}

/** Starts a service that lists its classes; resolves with a function that stops it. */
async function start(launch: Launch, list: string, options: RehearsalOptions): Promise<() => Promise<void>> {
  await prepareLaunch(launch, options.env);
  const { command, args }: Command = launch.start;
  const listing = ["-Xshare:off", `-XX:DumpLoadedClassList=${list}`, ...args];
  const child = spawn(command, listing, { env: options.env, stdio: "ignore", detached: true });
  const ended = once(child, "exit");
  if (child.pid !== undefined) options.guard.watch(child.pid);
  return async () => {
    child.kill("SIGTERM");
    await ended;
    if (child.pid !== undefined) options.guard.forget(child.pid);
  };
}
