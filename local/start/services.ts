import { join } from "node:path";
import { datanode, namenode } from "../hdfs/daemons";
import { waitForHdfs } from "../hdfs/ready";
import { prepareLaunch, type Launch } from "../jvm/launch";
import { broker } from "../kafka/broker";
import { waitForKafka } from "../kafka/ready";
import type { ProcessSpec } from "../process/supervised";
import type { JobContext } from "./jobs";
import type { Ports } from "./ports";

/** Seconds that a service has to stop; what it has acknowledged is on disk either way. */
const stopSeconds = 4;

export interface Service {
  readonly spec: ProcessSpec;
  /** Writes the service's configuration and, the first time, formats its data folder. */
  readonly prepare: () => Promise<void>;
}

/** Kafka and HDFS as processes of this machine. */
export function services(
  context: JobContext,
  ports: Ports,
): Record<"kafka" | "namenode" | "datanode", Service> {
  const { folder, toolchain, endpoints } = context;
  const config = (name: string) => join(folder.root, "config", name);
  const hdfs = {
    jvm: { java: toolchain.java, classPath: toolchain.jars.hdfs, archive: toolchain.archives.hdfs },
    configFolder: config("hdfs"),
    ports,
    namenodeFolder: folder.namenode,
    datanodeFolder: folder.datanode,
  };
  const kafka = broker({
    jvm: { java: toolchain.java, classPath: toolchain.jars.kafka, archive: toolchain.archives.kafka },
    configFolder: config("kafka"),
    dataFolder: folder.kafka,
    port: ports.kafka,
    controllerPort: ports.kafkaController,
  });
  const service = (name: string, launch: Launch, ready: ProcessSpec["ready"]): Service => ({
    spec: {
      name,
      ...launch.start,
      env: context.env,
      logFile: join(folder.logs, `${name}.log`),
      stopSeconds,
      ...(ready && { ready }),
    },
    prepare: () => prepareLaunch(launch, context.env),
  });
  return {
    kafka: service("kafka", kafka, (signal) => waitForKafka(endpoints.kafka, signal)),
    namenode: service("namenode", namenode(hdfs), undefined),
    datanode: service("datanode", datanode(hdfs), (signal) => waitForHdfs(endpoints.webhdfs, signal)),
  };
}
