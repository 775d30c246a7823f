import type { Profile } from "../../profiles";
import type { Size, SparkSize, Storage } from "../../profiles/schema/size";

/** Pods of one kind, and what one of them asks for. */
export interface PodDemand {
  readonly name: string;
  readonly replicas: number;
  readonly cpuMillis: number;
  readonly memoryMebibytes: number;
  /** Of a volume that the cluster has to make; a folder of the node is not counted. */
  readonly storageGibibytes: number;
  /** No two of them on one node. */
  readonly apart: boolean;
  /** The only kind of node that takes them, as `kubernetes.io/arch` names it; null: any. */
  readonly arch: string | null;
}

function claimed(storage: Storage): number {
  return storage.kind === "claim" ? storage.sizeGibibytes : 0;
}

function pods(name: string, size: Size, more: Partial<PodDemand> = {}): PodDemand {
  const { cpuMillis, memoryMebibytes } = size;
  const alone = { replicas: 1, storageGibibytes: 0, apart: false, arch: null };
  return { name, cpuMillis, memoryMebibytes, ...alone, ...more };
}

function sparkPods(name: string, size: SparkSize, replicas = 1): PodDemand {
  const memoryMebibytes = size.heapMebibytes + size.overheadMebibytes;
  return pods(name, { ...size, memoryMebibytes }, { replicas });
}

function both(a: Size, b: Size): Size {
  return {
    cpuMillis: a.cpuMillis + b.cpuMillis,
    cpuLimitMillis: a.cpuLimitMillis + b.cpuLimitMillis,
    memoryMebibytes: a.memoryMebibytes + b.memoryMebibytes,
  };
}

function kafkaPods({ kafka, akhq }: Profile): PodDemand[] {
  const brokers =
    kafka.mode === "external"
      ? []
      : [
          pods("kafka", kafka.node, {
            replicas: kafka.brokers,
            storageGibibytes: claimed(kafka.storage),
            apart: kafka.zones,
          }),
          pods("kafka-entity-operator", both(kafka.topicOperator, kafka.userOperator)),
        ];
  return akhq.enabled ? [...brokers, pods("akhq", akhq.size)] : brokers;
}

/** What runs beside a NameNode: the chart's keeper of the lake's folders and, in HA, the failover controller. */
function beside(ha: boolean): Size {
  const keeper = { cpuMillis: 5, cpuLimitMillis: 100, memoryMebibytes: 16 };
  const failoverController = { cpuMillis: 20, cpuLimitMillis: 500, memoryMebibytes: 256 };
  return ha ? both(keeper, failoverController) : keeper;
}

function hdfsPods({ hdfs }: Profile): PodDemand[] {
  if (hdfs.mode === "external") return [];
  const daemon = (
    name: string,
    { size, storage }: { readonly size: Size; readonly storage: Storage },
    replicas: number,
  ) => pods(name, size, { replicas, storageGibibytes: claimed(storage), apart: hdfs.zones });
  return [
    daemon(
      "hdfs-namenode",
      { size: both(hdfs.nameNode.size, beside(hdfs.ha)), storage: hdfs.nameNode.storage },
      hdfs.ha ? 2 : 1,
    ),
    daemon("hdfs-datanode", hdfs.dataNode, hdfs.dataNodes),
    ...(hdfs.ha
      ? [daemon("hdfs-journalnode", hdfs.journalNode, 3), daemon("zookeeper", hdfs.zooKeeper, 3)]
      : []),
  ];
}

function clickhousePods({ clickhouse }: Profile): PodDemand[] {
  if (clickhouse.mode === "external") return [];
  const { size, storage, backup } = clickhouse;
  // Its builds for arm64 come without HDFS.
  const server = pods("clickhouse", size, { storageGibibytes: claimed(storage), arch: "amd64" });
  if (backup === null) return [server];
  const nightly = { cpuMillis: 50, cpuLimitMillis: 1000, memoryMebibytes: 256 };
  // The volume of the backups can be on one node at a time: the server's.
  const more = { storageGibibytes: claimed(backup.storage), arch: "amd64" };
  return [server, pods("clickhouse-backup", nightly, more)];
}

/** Every pod that a profile runs at once, the checks among them. */
export function podsOf(profile: Profile): PodDemand[] {
  const { operators, bronze, silver, gold, eventsim, serve, smoke, watchdog } = profile;
  return [
    ...(operators.installStrimzi ? [pods("strimzi-operator", operators.strimzi.size)] : []),
    ...(operators.installSpark
      ? [
          pods("spark-operator", operators.spark.controller),
          pods("spark-operator-webhook", operators.spark.webhook),
        ]
      : []),
    ...kafkaPods(profile),
    ...hdfsPods(profile),
    sparkPods("bronze-driver", bronze.driver),
    sparkPods("bronze-executor", bronze.executor, bronze.executors),
    sparkPods("silver-driver", silver.driver),
    sparkPods("silver-executor", silver.executor, silver.executors),
    sparkPods("gold-driver", gold.driver),
    sparkPods("gold-executor", gold.executor, gold.executors),
    ...(eventsim.enabled ? [pods("eventsim", eventsim.size)] : []),
    ...clickhousePods(profile),
    pods("serve", serve.size),
    pods("smoke", smoke.size),
    ...(watchdog.enabled ? [pods("watchdog", watchdog.size)] : []),
  ];
}

export interface Total {
  readonly pods: number;
  readonly cpuMillis: number;
  readonly memoryMebibytes: number;
  readonly storageGibibytes: number;
}

export function total(demands: readonly PodDemand[]): Total {
  const sum = (of: (demand: PodDemand) => number) =>
    demands.reduce((all, demand) => all + demand.replicas * of(demand), 0);
  return {
    pods: sum(() => 1),
    cpuMillis: sum(({ cpuMillis }) => cpuMillis),
    memoryMebibytes: sum(({ memoryMebibytes }) => memoryMebibytes),
    storageGibibytes: sum(({ storageGibibytes }) => storageGibibytes),
  };
}
