import type { Profile } from "../../profiles";
import type { Storage } from "../../profiles/schema/size";
import type { StackName } from "../../stacks/platform-stack";

/** The volumes of one of our StatefulSets, as a profile asks for them. */
export interface PlannedClaims {
  /** Field of the profile. */
  readonly field: string;
  readonly storage: Storage;
  /** One a pod. */
  readonly names: readonly string[];
  readonly statefulSet: string;
  /** Who makes the claims: the StatefulSet, by its templates, or the Helm release, as objects of its own. */
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

/** Every claim of our charts; Kafka's are Strimzi's. */
export function plannedClaims(profile: Profile): PlannedClaims[] {
  return [...hdfsClaims(profile), ...clickhouseClaims(profile)];
}
