import type { Profile } from "../../profiles";
import type { Acl } from "./acl";
import type { PodDemand } from "./pod-demand";

/** What a part calls; each becomes an edge of the network to where that listens. `hdfs` is the protocol of Hadoop's clients. */
export type Callee = "kafka" | "hdfs" | "webHdfs" | "clickhouse" | "apiServer";

/**
 * One part of the lake that uses its stores. Its labels, its NetworkPolicies, its rights in Kafka and its share of what
 * the fit check adds up follow from this record.
 */
export interface Part<Name extends string = string> {
  /** Of its workload, of the label `app.kubernetes.io/component` and, with rights in Kafka, of its user there. */
  readonly name: Name;
  readonly isThere: (profile: Profile) => boolean;
  readonly calls: readonly Callee[];
  /** What it does with Kafka, and nothing more. */
  readonly kafkaRights: readonly Acl[];
  /** Its pods that run at once. */
  readonly pods: (profile: Profile) => readonly PodDemand[];
  /** Labels of its pods where a chart of others gives them. */
  readonly podLabels?: Readonly<Record<string, string>>;
  /** Who makes its pods, where no workload of the rendered manifests does. */
  readonly madeBy?: (profile: Profile) => string | undefined;
}

/** Who makes pods that are in no manifest of ours. */
export const makers = {
  spark: "the Spark operator, and the driver that it starts",
  strimzi: "Strimzi, from the Kafka resource",
  chart: "a chart of others, which may not be among what is checked",
  smoke: "npm run smoke, as a Job that goes again",
} as const;

/** A part with its name as a type of its own. */
export function part<Name extends string>(record: Part<Name>): Part<Name> {
  return record;
}
