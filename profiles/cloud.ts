import { images } from "../versions";
import { kind } from "./kind";
import type { Profile } from "./schema";
import { claim } from "./sizes";

const jvm = (cpuMillis: number, memoryMebibytes: number, heapMebibytes: number) => ({
  cpuMillis,
  cpuLimitMillis: 2 * cpuMillis,
  memoryMebibytes,
  heapMebibytes,
});

/** Settings that silver and gold share. */
const layer = {
  driver: { cores: 2, cpuMillis: 1000, cpuLimitMillis: 2000, heapMebibytes: 3072, overheadMebibytes: 1024 },
  executor: { cores: 4, cpuMillis: 3000, cpuLimitMillis: 4000, heapMebibytes: 6144, overheadMebibytes: 1024 },
  everySeconds: 30,
};

/**
 * Three zones. When a zone is lost, the other replicas take over (Kafka, HDFS) or the pods start elsewhere (Spark, serve), within
 * minutes. ClickHouse is one pod on a volume of one zone: without it the rest of the lake keeps running, and it can be filled again
 * from gold in another zone (docs/backup.md).
 */
export const cloud: Profile = {
  ...kind,
  name: "cloud",
  cluster: { context: null, domain: "cluster.local" },
  terraform: { kind: "kubernetes", namespace: "kube-system" },
  kafka: {
    mode: "strimzi",
    brokers: 3,
    zones: true,
    node: jvm(1000, 4096, 2048),
    storage: claim(200),
    topicOperator: jvm(100, 512, 256),
    userOperator: jvm(100, 512, 256),
    minInSyncReplicas: 2,
    replicationFactor: 3,
    partitions: {},
  },
  akhq: { ...kind.akhq, size: jvm(200, 768, 512) },
  console: { ...kind.console, size: { cpuMillis: 200, cpuLimitMillis: 2000, memoryMebibytes: 512 } },
  hdfs: {
    mode: "chart",
    ha: true,
    nameservice: "lake",
    replication: 3,
    zones: true,
    dataNodes: 3,
    nameNode: { size: jvm(500, 4096, 2816), storage: claim(50) },
    dataNode: { size: jvm(500, 2048, 1024), storage: claim(500) },
    journalNode: { size: jvm(100, 768, 384), storage: claim(20) },
    zooKeeper: { size: jvm(100, 512, 256), storage: claim(10) },
  },
  clickhouse: {
    mode: "chart",
    flavor: "official",
    image: { ...images.clickhouse, digest: null, pullPolicy: "IfNotPresent" },
    size: { cpuMillis: 2000, cpuLimitMillis: 8000, memoryMebibytes: 8192 },
    storage: claim(200),
    existingSecret: null,
    backup: { schedule: "15 2 * * *", keep: 7, storage: claim(400) },
    readerLimits: { memoryMebibytes: 2048, seconds: 120, queries: 32 },
  },
  bronze: {
    driver: { cores: 1, cpuMillis: 500, cpuLimitMillis: 2000, heapMebibytes: 2048, overheadMebibytes: 512 },
    executor: {
      cores: 4,
      cpuMillis: 2000,
      cpuLimitMillis: 4000,
      heapMebibytes: 3072,
      overheadMebibytes: 768,
    },
    executors: 2,
    triggerSeconds: 60,
    maxRecordsPerBatch: 5_000_000,
    acceptKafka: null,
  },
  silver: {
    ...layer,
    executors: 2,
    shufflePartitions: 16,
    dimensionsEverySeconds: 300,
  },
  gold: {
    ...layer,
    executors: 1,
    shufflePartitions: 8,
    lateEverySeconds: 300,
  },
  eventsim: {
    ...kind.eventsim,
    size: { cpuMillis: 500, cpuLimitMillis: 2000, memoryMebibytes: 1024 },
    recordsPerSecond: 2000,
    customers: 100_000,
  },
  serve: {
    ...kind.serve,
    size: { cpuMillis: 200, cpuLimitMillis: 1000, memoryMebibytes: 512 },
    graceSeconds: 180,
  },
  watchdog: { ...kind.watchdog, staleSeconds: 1800 },
  observability: { ...kind.observability, enabled: true },
};
