import { kind } from "./kind";
import type { Profile } from "./schema";
import { claim, jvm } from "./sizes";

const size = (cpuMillis: number, memoryMebibytes: number) => ({
  cpuMillis,
  cpuLimitMillis: 2000,
  memoryMebibytes,
});

/**
 * The whole lake on one node with 4 CPU and 10 GB, next to kubeadm's own pods: in a laptop's Docker, or on a hosted runner.
 * It has no AKHQ. Spark's drivers do the work themselves, because a second JVM would take half a gigabyte from the first.
 */
export const small: Profile = {
  ...kind,
  name: "small",
  operators: {
    ...kind.operators,
    spark: { ...kind.operators.spark, webhook: size(30, 96) },
  },
  kafka: {
    ...kind.kafka,
    node: jvm(300, 512, 256),
    storage: claim(5),
    topicOperator: jvm(50, 240, 96),
    userOperator: jvm(50, 240, 96),
  },
  akhq: { ...kind.akhq, enabled: false },
  console: { ...kind.console, size: size(50, 320) },
  hdfs: {
    ...kind.hdfs,
    nameNode: { size: jvm(100, 384, 192), storage: claim(1) },
    dataNode: { size: jvm(100, 384, 192), storage: claim(10) },
    journalNode: { size: jvm(100, 320, 128), storage: claim(1) },
    zooKeeper: { size: jvm(100, 320, 128), storage: claim(1) },
  },
  clickhouse: {
    ...kind.clickhouse,
    size: size(300, 768),
    storage: claim(5),
    readerLimits: { memoryMebibytes: 256, seconds: 60, queries: 4 },
  },
  bronze: {
    ...kind.bronze,
    driver: { ...kind.bronze.driver, cpuMillis: 400, heapMebibytes: 512 },
    maxRecordsPerBatch: 200_000,
  },
  silver: {
    ...kind.silver,
    driver: { ...kind.silver.driver, heapMebibytes: 512 },
  },
  gold: {
    ...kind.gold,
    driver: { ...kind.gold.driver, cpuMillis: 400, heapMebibytes: 512 },
  },
  eventsim: { ...kind.eventsim, size: size(100, 224), recordsPerSecond: 100, customers: 5000 },
  serve: { ...kind.serve, size: size(50, 192) },
  smoke: { ...kind.smoke, size: size(150, 448) },
};
