import { existsSync } from "node:fs";
import { join } from "node:path";
import { javaCommand, type Jvm, type Launch } from "../jvm/launch";

export interface BrokerOptions {
  readonly jvm: Jvm;
  /** Folder for the configuration. */
  readonly configFolder: string;
  /** The broker's own folder, with log segments and cluster metadata. */
  readonly dataFolder: string;
  readonly port: number;
  readonly controllerPort: number;
  /** A second listener, for clients on other machines or in pods. */
  readonly guarded?: GuardedListener;
}

/** A listener that requires a log-in with SCRAM-SHA-512, without TLS. */
export interface GuardedListener {
  readonly host: string;
  readonly port: number;
  /** Passwords (letters and digits) by user. They are stored when the data folder is formatted, and never changed. */
  readonly users: Readonly<Record<string, string>>;
}

const guardedName = "GUARDED";

const heapMegabytes = 384;
/** A cluster id in Kafka's form: 16 bytes in base64 without padding. Every local cluster has this id. */
const clusterId = "c3BvdGlmeS1sYWtlLTAwMQ";

/** A broker on 127.0.0.1 that is its own controller (KRaft combined mode). */
export function broker(options: BrokerOptions): Launch {
  const { jvm, configFolder, dataFolder, port, controllerPort, guarded } = options;
  const properties = join(configFolder, "server.properties");
  const logging = join(configFolder, "log4j2.properties");
  return {
    files: {
      [properties]: asProperties({
        ...settings({ port, controllerPort, dataFolder }),
        ...(guarded && guardedSettings(port, controllerPort, guarded)),
      }),
      [logging]: asProperties(logSettings),
    },
    format: javaCommand(
      jvm,
      heapMegabytes,
      [`-Dlog4j2.configurationFile=${logging}`],
      ["kafka.tools.StorageTool", "format", "-t", clusterId, "-c", properties, ...credentials(guarded)],
    ),
    // Formatting writes this file last.
    isFormatted: () => existsSync(join(dataFolder, "meta.properties")),
    start: javaCommand(
      jvm,
      heapMegabytes,
      [`-Dlog4j2.configurationFile=${logging}`, "-Xms128m"],
      ["kafka.Kafka", properties],
    ),
  };
}

function settings(of: { port: number; controllerPort: number; dataFolder: string }): Record<string, string> {
  return {
    "process.roles": "broker,controller",
    "node.id": "1",
    "controller.quorum.voters": `1@127.0.0.1:${of.controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${of.port},CONTROLLER://127.0.0.1:${of.controllerPort}`,
    "advertised.listeners": `PLAINTEXT://127.0.0.1:${of.port}`,
    "controller.listener.names": "CONTROLLER",
    "inter.broker.listener.name": "PLAINTEXT",
    "log.dirs": of.dataFolder,
    "auto.create.topics.enable": "false",
    // By default nothing is deleted; each topic of the lake sets its own retention.
    "log.retention.ms": "-1",
    "log.segment.bytes": String(128 * 1024 ** 2),
    "offsets.topic.replication.factor": "1",
    "offsets.topic.num.partitions": "1",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "transaction.state.log.num.partitions": "1",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
    "share.coordinator.state.topic.num.partitions": "1",
    "group.initial.rebalance.delay.ms": "0",
    "num.network.threads": "2",
    "num.io.threads": "4",
    // The default of 128 MB is for compacted topics far larger than the lake's.
    "log.cleaner.dedupe.buffer.size": String(8 * 1024 ** 2),
  };
}

function guardedSettings(
  port: number,
  controllerPort: number,
  guarded: GuardedListener,
): Record<string, string> {
  const address = `${guardedName}://${guarded.host}:${guarded.port}`;
  return {
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort},${address}`,
    "advertised.listeners": `PLAINTEXT://127.0.0.1:${port},${address}`,
    "listener.security.protocol.map": `PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,${guardedName}:SASL_PLAINTEXT`,
    "sasl.enabled.mechanisms": "SCRAM-SHA-512",
    [`listener.name.${guardedName.toLowerCase()}.scram-sha-512.sasl.jaas.config`]:
      "org.apache.kafka.common.security.scram.ScramLoginModule required;",
  };
}

function credentials(guarded: GuardedListener | undefined): string[] {
  return Object.entries(guarded?.users ?? {}).flatMap(([name, password]) => [
    "--add-scram",
    `SCRAM-SHA-512=[name=${name},password=${password}]`,
  ]);
}

const logSettings: Record<string, string> = {
  "rootLogger.level": "WARN",
  "rootLogger.appenderRef.console.ref": "console",
  "appender.console.type": "Console",
  "appender.console.name": "console",
  "appender.console.layout.type": "PatternLayout",
  "appender.console.layout.pattern": "%d{ISO8601} %p %m (%c{1})%n",
  "logger.server.name": "kafka.server.KafkaRaftServer",
  "logger.server.level": "INFO",
};

function asProperties(values: Record<string, string>): string {
  return Object.entries(values)
    .map(([key, value]) => `${key}=${value}\n`)
    .join("");
}
