import type { Profile } from "../../profiles";
import type { Storage } from "../../profiles/schema/size";
import type { StackName } from "../../stacks/platform-stack";

/** The claims of one of our StatefulSets, as the profile specifies them. */
export interface PlannedClaims {
  /** The profile's field that specifies the storage. */
  readonly field: string;
  readonly storage: Storage;
  /** Names of the claims, one for each pod. */
  readonly names: readonly string[];
  readonly statefulSet: string;
  /** What creates the claims: the StatefulSet, from its templates, or the Helm release, as separate objects. */
  readonly madeBy: "statefulSet" | "release";
  readonly stack: StackName;
}

function hdfsClaims({ hdfs }: Profile): PlannedClaims[] {
  if (hdfs.mode === "external") return [];
  const part = (field: string, name: string, storage: Storage, pods: number): PlannedClaims => ({
    field: `hdfs.${field}.storage`,
    storage,
    names: Array.from({ length: pods }, (_, ordinal) => `data-hdfs-${name}-${ordinal}`),
    statefulSet: `hdfs-${name}`,
    madeBy: "statefulSet",
    stack: "hdfs",
  });
  return [
    part("nameNode", "namenode", hdfs.nameNode.storage, hdfs.ha ? 2 : 1),
    part("dataNode", "datanode", hdfs.dataNode.storage, hdfs.dataNodes),
    ...(hdfs.ha
      ? [
          part("journalNode", "journalnode", hdfs.journalNode.storage, 3),
          part("zooKeeper", "zookeeper", hdfs.zooKeeper.storage, 3),
        ]
      : []),
  ];
}

function clickhouseClaims({ clickhouse }: Profile): PlannedClaims[] {
  if (clickhouse.mode === "external") return [];
  const volume = (field: string, name: string, storage: Storage): PlannedClaims => ({
    field: `clickhouse.${field}`,
    storage,
    names: [`${name}-clickhouse-0`],
    statefulSet: "clickhouse",
    madeBy: "release",
    stack: "serving",
  });
  const { storage, backup } = clickhouse;
  return [
    volume("storage", "data", storage),
    ...(backup === null ? [] : [volume("backup.storage", "backups", backup.storage)]),
  ];
}

/** Every claim of our charts. Strimzi manages Kafka's claims. */
export function plannedClaims(profile: Profile): PlannedClaims[] {
  return [...hdfsClaims(profile), ...clickhouseClaims(profile)];
}
