import type { Profile } from "../profiles";
import type { KafkaUser } from "../profiles/schema/kafka";

/** Names that stacks share. They are derived from the profile, so no stack needs another stack's outputs. */

export const kafkaCluster = "lake";
export const kafkaPort = 9093;
export const ports = {
  nameNode: 8020,
  nameNodeHttp: 9870,
  dataNode: 9866,
  dataNodeIpc: 9867,
  dataNodeHttp: 9864,
  journalNode: 8485,
  journalNodeHttp: 8480,
  failoverController: 8019,
  zooKeeper: 2181,
  zooKeeperPeer: 2888,
  zooKeeperElection: 3888,
  clickhouse: 8123,
  console: 8080,
} as const;

/** Ports at which a driver and its executors call each other. */
export const sparkPorts = { driver: 7078, blockManager: 7079 } as const;

export const serviceAccounts = {
  sparkDriver: "spark-driver",
  sparkExecutor: "spark-executor",
  watchdog: "watchdog",
  none: "no-rights",
} as const;

export const sparkOperatorAccount = "spark-operator-controller";

function service(profile: Profile, name: string): string {
  return `${name}.${profile.namespace}.svc.${profile.cluster.domain}`;
}

/** How a client reaches Kafka, and which Secrets it needs. */
export interface KafkaAccess {
  readonly bootstrap: string;
  readonly login: {
    readonly user: string;
    readonly mechanism: string;
    readonly passwordSecret: string;
  } | null;
  readonly caSecret: string | null;
}

export function kafkaAccess({ kafka, ...profile }: Profile, client: KafkaUser): KafkaAccess {
  if (kafka.mode === "external") {
    return {
      bootstrap: kafka.bootstrap,
      login:
        kafka.sasl === null
          ? null
          : { user: client, mechanism: kafka.sasl.mechanism, passwordSecret: kafka.sasl.users[client] },
      caSecret: kafka.tls?.caSecret ?? null,
    };
  }
  return {
    bootstrap: `${service({ kafka, ...profile }, `${kafkaCluster}-kafka-bootstrap`)}:${kafkaPort}`,
    login: { user: client, mechanism: "scram-sha-512", passwordSecret: client },
    caSecret: `${kafkaCluster}-cluster-ca-cert`,
  };
}

/** URI of the file system, for Spark and ClickHouse. */
export function hdfsUri(profile: Profile): string {
  const { hdfs } = profile;
  if (hdfs.mode === "external") return hdfs.uri;
  if (hdfs.ha) return `hdfs://${hdfs.nameservice}`;
  return `hdfs://${service(profile, "hdfs-namenode-0.hdfs-namenode")}:${ports.nameNode}`;
}

/** The two options that tell a program where the lake is. */
export function lakeOptions(profile: Profile): string[] {
  return ["--hdfs", hdfsUri(profile), "--lake", profile.lake.root];
}

/** WebHDFS URLs of all NameNodes, joined by commas: with HA either may be the active one. */
export function webhdfs(profile: Profile): string {
  const { hdfs } = profile;
  if (hdfs.mode === "external") return hdfs.webhdfs.join(",");
  return (hdfs.ha ? [0, 1] : [0])
    .map((ordinal) => service(profile, `hdfs-namenode-${ordinal}.hdfs-namenode`))
    .map((host) => `http://${host}:${ports.nameNodeHttp}`)
    .join(",");
}

export function hdfsClientConfigMap({ hdfs }: Profile): string {
  return hdfs.mode === "external" ? hdfs.clientConfigMap : "hdfs-client";
}

export function clickhouseUrl(profile: Profile): string {
  const { clickhouse } = profile;
  if (clickhouse.mode === "external") return clickhouse.url;
  return `http://${service(profile, "clickhouse")}:${ports.clickhouse}`;
}

export function clickhouseUsersSecret({ clickhouse }: Profile): string {
  if (clickhouse.mode === "external") return clickhouse.usersSecret;
  // The chart's default name for the Secret that it makes.
  return clickhouse.existingSecret ?? "clickhouse-users";
}

export function consoleLoginSecret({ console }: Profile): string {
  return console.existingSecret ?? "console-login";
}

export const consoleService = "console";

/** Host names by which people and probes reach the console, besides localhost behind a forwarded port. */
export function consoleNames(profile: Profile): string[] {
  const { ingress } = profile.console;
  const inCluster = [
    consoleService,
    `${consoleService}.${profile.namespace}`,
    service(profile, consoleService),
  ];
  return [...inCluster, ...(ingress === null ? [] : [ingress.host])];
}

export function akhqLoginSecret({ akhq }: Profile): string {
  return akhq.existingSecret ?? "akhq-login";
}
