import { images } from "../versions";
import { kind } from "./kind";
import type { Profile } from "./schema";

const claim = (sizeGibibytes: number) => ({ kind: "claim" as const, sizeGibibytes, storageClass: null });

const size = (cpuMillis: number, memoryMebibytes: number) => ({
  cpuMillis,
  cpuLimitMillis: 2000,
  memoryMebibytes,
});

const jvm = (cpuMillis: number, memoryMebibytes: number, heapMebibytes: number) => ({
  ...size(cpuMillis, memoryMebibytes),
  heapMebibytes,
});

/**
 * All of the lake on one node with 4 CPU and 10 GB, kubeadm's own pods beside it: a laptop's Docker, or a hosted runner.
 * No AKHQ, and Spark's drivers do the work themselves, as a second JVM would take half a gigabyte from the first.
 */
export const small: Profile = {
  ...kind,
  name: "small",
  operators: {
    ...kind.operators,
    spark: { ...kind.operators.spark, webhook: size(30, 96) },
  },
  kafka: {
    mode: "strimzi",
    brokers: 1,
    zones: false,
    node: jvm(300, 512, 256),
    storage: claim(5),
    topicOperator: jvm(50, 240, 96),
    userOperator: jvm(50, 240, 96),
    minInSyncReplicas: 1,
    replicationFactor: 1,
    partitions: {},
  },
  akhq: { ...kind.akhq, enabled: false },
  hdfs: {
    mode: "chart",
    ha: false,
    nameservice: "lake",
    replication: 1,
    zones: false,
    dataNodes: 1,
    nameNode: { size: jvm(100, 384, 192), storage: claim(1) },
    dataNode: { size: jvm(100, 384, 192), storage: claim(10) },
    journalNode: { size: jvm(100, 320, 128), storage: claim(1) },
    zooKeeper: { size: jvm(100, 320, 128), storage: claim(1) },
  },
  clickhouse: {
    mode: "chart",
    flavor: "official",
    image: { ...images.clickhouse, digest: null, pullPolicy: "IfNotPresent" },
    size: size(300, 768),
    storage: claim(5),
    existingSecret: null,
    backup: null,
    readerLimits: { memoryMebibytes: 256, seconds: 60, queries: 4 },
  },
  bronze: {
    ...kind.bronze,
    driver: { cores: 2, cpuMillis: 400, cpuLimitMillis: 2000, heapMebibytes: 512, overheadMebibytes: 384 },
    maxRecordsPerBatch: 200_000,
  },
  silver: {
    ...kind.silver,
    driver: { cores: 2, cpuMillis: 500, cpuLimitMillis: 3000, heapMebibytes: 512, overheadMebibytes: 1024 },
  },
  gold: {
    ...kind.gold,
    driver: { cores: 2, cpuMillis: 400, cpuLimitMillis: 3000, heapMebibytes: 512, overheadMebibytes: 1024 },
  },
  eventsim: { ...kind.eventsim, size: size(100, 224), recordsPerSecond: 100, customers: 5000 },
  serve: { ...kind.serve, size: size(50, 192) },
  smoke: { ...kind.smoke, size: size(150, 448) },
};
