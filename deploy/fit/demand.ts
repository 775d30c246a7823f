import type { Profile } from "../../profiles";
import type { Size, Storage } from "../../profiles/schema/size";
import { partsOf } from "../../stacks/parts";
import { claimedGibibytes, pods, type PodDemand } from "../../stacks/parts/pod-demand";

function both(a: Size, b: Size): Size {
  return {
    cpuMillis: a.cpuMillis + b.cpuMillis,
    cpuLimitMillis: a.cpuLimitMillis + b.cpuLimitMillis,
    memoryMebibytes: a.memoryMebibytes + b.memoryMebibytes,
  };
}

function kafkaPods({ kafka }: Profile): PodDemand[] {
  return kafka.mode === "external"
    ? []
    : [
        pods("kafka", kafka.node, {
          replicas: kafka.brokers,
          storageGibibytes: claimedGibibytes(kafka.storage),
          apart: kafka.zones,
        }),
        pods("kafka-entity-operator", both(kafka.topicOperator, kafka.userOperator)),
      ];
}

/** Size of a NameNode's sidecars: the one that keeps the lake's folders and, with HA, the failover controller. */
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
  ) => pods(name, size, { replicas, storageGibibytes: claimedGibibytes(storage), apart: hdfs.zones });
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
  const { size, storage } = clickhouse;
  // ClickHouse's builds for arm64 have no HDFS support.
  return [pods("clickhouse", size, { storageGibibytes: claimedGibibytes(storage), arch: "amd64" })];
}

/** All pods that a profile may run at once, including those of the smoke checks. */
export function podsOf(profile: Profile): PodDemand[] {
  const { operators } = profile;
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
    ...clickhousePods(profile),
    ...partsOf(profile).flatMap(([, part]) => part.pods(profile)),
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
