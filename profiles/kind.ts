import { charts, images } from "../versions";
import { ownImage } from "./image";
import type { Profile } from "./schema";
import { claim, jvm } from "./sizes";

const smallSpark = {
  cores: 2,
  cpuMillis: 500,
  cpuLimitMillis: 2000,
  heapMebibytes: 640,
  overheadMebibytes: 384,
};

/** Settings that silver and gold share. */
const layer = {
  // Outside the heap: Spark's generated classes and dbt.
  driver: { ...smallSpark, cpuLimitMillis: 3000, overheadMebibytes: 1024 },
  executor: smallSpark,
  executors: 0,
  everySeconds: 20,
  shufflePartitions: 2,
};

/** A laptop: one node with 6 CPU and 12 GB. One replica of everything; a restart of any part is an outage of a minute. */
export const kind = {
  name: "kind",
  namespace: "lake",
  cluster: { context: "kind-lake", domain: "cluster.local" },
  terraform: { kind: "local", folder: "terraform-state" },
  network: {
    policies: true,
    dns: { namespace: "kube-system", podLabels: { "k8s-app": "kube-dns" }, cidrs: [] },
    // kind gives its nodes addresses of Docker's network, which differs between machines.
    apiServer: { cidrs: ["0.0.0.0/0"], ports: [443, 6443] },
  },
  images: {
    spark: ownImage("spark"),
    hdfs: ownImage("hdfs"),
    node: ownImage("node"),
    pullSecrets: [],
  },
  operators: {
    namespace: "lake-operators",
    installStrimzi: true,
    strimzi: {
      chart: charts.strimzi,
      imageRegistry: null,
      size: { cpuMillis: 100, cpuLimitMillis: 1000, memoryMebibytes: 320 },
    },
    installSpark: true,
    spark: {
      chart: charts.sparkOperator,
      image: null,
      // spark-submit runs in the controller: a JVM for each application that starts.
      controller: { cpuMillis: 100, cpuLimitMillis: 2000, memoryMebibytes: 512 },
      webhook: { cpuMillis: 50, cpuLimitMillis: 500, memoryMebibytes: 96 },
    },
  },
  lake: { root: "/lake", user: "lake" },
  kafka: {
    mode: "strimzi",
    brokers: 1,
    zones: false,
    node: jvm(400, 800, 448),
    storage: claim(10),
    topicOperator: jvm(50, 304, 128),
    userOperator: jvm(50, 304, 128),
    minInSyncReplicas: 1,
    replicationFactor: 1,
    partitions: {},
  },
  akhq: { enabled: true, chart: charts.akhq, image: null, size: jvm(100, 448, 256), existingSecret: null },
  console: {
    enabled: true,
    size: { cpuMillis: 100, cpuLimitMillis: 2000, memoryMebibytes: 384 },
    existingSecret: null,
    ingress: null,
  },
  hdfs: {
    mode: "chart",
    ha: false,
    nameservice: "lake",
    replication: 1,
    zones: false,
    dataNodes: 1,
    nameNode: { size: jvm(150, 512, 256), storage: claim(2) },
    dataNode: { size: jvm(150, 512, 256), storage: claim(20) },
    journalNode: { size: jvm(100, 384, 192), storage: claim(1) },
    zooKeeper: { size: jvm(100, 384, 192), storage: claim(1) },
  },
  clickhouse: {
    mode: "chart",
    flavor: "official",
    image: { ...images.clickhouse, digest: null, pullPolicy: "IfNotPresent" },
    size: { cpuMillis: 500, cpuLimitMillis: 3000, memoryMebibytes: 1024 },
    storage: claim(10),
    existingSecret: null,
    backup: null,
    readerLimits: { memoryMebibytes: 512, seconds: 60, queries: 8 },
  },
  bronze: {
    driver: smallSpark,
    executor: smallSpark,
    // On one node a second JVM would only take resources from the first.
    executors: 0,
    triggerSeconds: 10,
    maxRecordsPerBatch: 500_000,
    acceptKafka: null,
  },
  silver: {
    ...layer,
    dimensionsEverySeconds: 300,
  },
  gold: {
    ...layer,
    lateEverySeconds: 300,
  },
  eventsim: {
    enabled: true,
    size: { cpuMillis: 200, cpuLimitMillis: 1000, memoryMebibytes: 384 },
    seed: 1,
    recordsPerSecond: 200,
    customers: 10_000,
    malformed: 0.001,
    duplicates: 0.001,
    late: 0.001,
  },
  serve: {
    size: { cpuMillis: 100, cpuLimitMillis: 1000, memoryMebibytes: 256 },
    graceSeconds: 60,
    pollSeconds: 1,
    checkSeconds: 300,
  },
  smoke: {
    size: { cpuMillis: 200, cpuLimitMillis: 2000, memoryMebibytes: 640 },
    freshnessSeconds: 300,
    deadlineSeconds: 1800,
  },
  watchdog: {
    enabled: true,
    size: { cpuMillis: 50, cpuLimitMillis: 1000, memoryMebibytes: 144 },
    everyMinutes: 2,
    staleSeconds: 600,
  },
  observability: {
    enabled: false,
    prometheusNamespace: "monitoring",
    ruleLabels: { release: "prometheus" },
    dashboardLabels: { grafana_dashboard: "1" },
    alerts: {
      freshnessSeconds: 300,
      quarantineShare: 0.05,
      smallFileMebibytes: 8,
      everyMinutes: 10,
      stuckMinutes: 10,
    },
  },
} satisfies Profile;
