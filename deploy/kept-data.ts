import type { Profile } from "../profiles";
import type { Storage } from "../profiles/schema/size";
import type { StackName } from "../stacks/platform-stack";

/**
 * The stacks that `--keep-data` keeps: the namespaces, which hold the volumes and passwords, and, where Strimzi runs
 * Kafka, its resource with the topics and users. A recreated Kafka resource has another cluster id, with which no broker
 * starts on the old volumes, and deleting the users deletes their passwords.
 */
export function stacksWithData({ kafka }: Profile): StackName[] {
  return kafka.mode === "strimzi" ? ["foundation", "kafka"] : ["foundation"];
}

/** Fields of a profile whose storage is deleted with its pod (`emptyDir`), so its data can't be kept. */
export function storagesThatCannotBeKept({ kafka, hdfs, clickhouse }: Profile): string[] {
  const storages: Readonly<Record<string, Storage | false>> = {
    "kafka.storage": kafka.mode === "strimzi" && kafka.storage,
    "hdfs.nameNode.storage": hdfs.mode === "chart" && hdfs.nameNode.storage,
    "hdfs.dataNode.storage": hdfs.mode === "chart" && hdfs.dataNode.storage,
    "hdfs.journalNode.storage": hdfs.mode === "chart" && hdfs.ha && hdfs.journalNode.storage,
    "clickhouse.storage": clickhouse.mode === "chart" && clickhouse.storage,
  };
  return Object.entries(storages).flatMap(([path, storage]) =>
    storage !== false && storage.kind === "emptyDir" ? [path] : [],
  );
}
