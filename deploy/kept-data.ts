import type { Profile } from "../profiles";
import type { Storage } from "../profiles/schema/size";
import type { StackName } from "../stacks/platform-stack";

/**
 * The stacks that `--keep-data` leaves: the namespaces, in which the volumes and the passwords are; and, where Strimzi runs
 * Kafka, its resource with the topics and users. A Kafka resource that is made anew has another cluster id, and no broker
 * starts on a volume with the old one; the passwords of its users go with them.
 */
export function stacksWithData({ kafka }: Profile): StackName[] {
  return kafka.mode === "strimzi" ? ["foundation", "kafka"] : ["foundation"];
}

/** Fields of a profile whose storage is gone with its pod, so that nothing could keep what is in it. */
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
