import { ownImage } from "./image";
import { kind } from "./kind";
import type { Profile } from "./schema";

const emptyDir = (sizeGibibytes: number) => ({ kind: "emptyDir" as const, sizeGibibytes });

const jvm = (memoryMebibytes: number, heapMebibytes: number) => ({
  cpuMillis: 50,
  cpuLimitMillis: 2000,
  memoryMebibytes,
  heapMebibytes,
});

const host = (path: string, sizeGibibytes: number) => ({
  kind: "hostPath" as const,
  sizeGibibytes,
  path: `/var/lib/lake/${path}`,
});

/** A run of silver and one of gold take half a minute of both cores: with more of them, everything else would wait. */
const layer = {
  driver: { ...kind.silver.driver, cpuMillis: 200, cpuLimitMillis: 2000 },
  everySeconds: 60,
};

/**
 * The smallest complete deployment: one node with 2 CPU and no access to the internet, only images of this project, and the
 * Kafka that `npm run test:cluster` starts next to it, at the address under which pods reach that machine. For another
 * address: PROFILE_SET="kafka.bootstrap=<address>:9093".
 */
export const ci: Profile = {
  ...kind,
  name: "ci",
  cluster: { context: null, domain: "cluster.local" },
  operators: {
    ...kind.operators,
    installStrimzi: false,
    spark: {
      ...kind.operators.spark,
      controller: { cpuMillis: 50, cpuLimitMillis: 2000, memoryMebibytes: 640 },
      webhook: { cpuMillis: 20, cpuLimitMillis: 500, memoryMebibytes: 128 },
    },
  },
  kafka: {
    mode: "external",
    bootstrap: "10.243.0.2:9093",
    cidrs: ["10.243.0.2/32"],
    ports: [9093],
    tls: null,
    sasl: {
      mechanism: "scram-sha-512",
      users: {
        eventsim: "eventsim",
        bronze: "bronze",
        smoke: "smoke",
        watchdog: "watchdog",
        akhq: "akhq",
        console: "console",
      },
    },
  },
  akhq: { ...kind.akhq, enabled: false },
  console: { ...kind.console, size: { ...kind.console.size, cpuMillis: 50 } },
  hdfs: {
    mode: "chart",
    ha: false,
    nameservice: "lake",
    replication: 1,
    zones: false,
    dataNodes: 1,
    // Outlives its pod: the tests delete the NameNode and the DataNode, and no data may be lost.
    nameNode: { size: jvm(512, 256), storage: host("namenode", 1) },
    dataNode: { size: jvm(512, 256), storage: host("datanode", 5) },
    journalNode: { size: jvm(320, 128), storage: emptyDir(1) },
    zooKeeper: { size: jvm(320, 128), storage: emptyDir(1) },
  },
  clickhouse: {
    mode: "chart",
    flavor: "embedded",
    image: ownImage("clickhouseEmbedded"),
    size: { cpuMillis: 100, cpuLimitMillis: 2000, memoryMebibytes: 1280 },
    storage: host("clickhouse", 2),
    existingSecret: null,
    backup: { schedule: "15 2 * * *", keep: 2, storage: host("backups", 1) },
    readerLimits: { memoryMebibytes: 256, seconds: 60, queries: 4 },
  },
  bronze: {
    driver: { cores: 1, cpuMillis: 100, cpuLimitMillis: 2000, heapMebibytes: 640, overheadMebibytes: 384 },
    executor: { cores: 1, cpuMillis: 100, cpuLimitMillis: 2000, heapMebibytes: 640, overheadMebibytes: 384 },
    executors: 1,
    triggerSeconds: 10,
    maxRecordsPerBatch: 200_000,
    acceptKafka: null,
  },
  silver: {
    ...kind.silver,
    ...layer,
  },
  gold: {
    ...kind.gold,
    ...layer,
    lateEverySeconds: 120,
  },
  eventsim: {
    ...kind.eventsim,
    size: { cpuMillis: 50, cpuLimitMillis: 1000, memoryMebibytes: 384 },
    recordsPerSecond: 50,
    customers: 2000,
  },
  serve: {
    ...kind.serve,
    size: { cpuMillis: 50, cpuLimitMillis: 1000, memoryMebibytes: 256 },
    graceSeconds: 30,
    checkSeconds: 60,
  },
  smoke: {
    size: { cpuMillis: 100, cpuLimitMillis: 2000, memoryMebibytes: 768 },
    // Whatever else the 2 cores of a hosted runner do: whether data are right does not depend on it.
    freshnessSeconds: 900,
    deadlineSeconds: 900,
  },
};
