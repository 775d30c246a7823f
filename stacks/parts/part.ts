import type { Profile } from "../../profiles";
import type { Acl } from "./acl";
import type { PodDemand } from "./pod-demand";

/** What a part calls; each becomes an edge of the network. `hdfs` is the protocol of Hadoop's clients. */
export type Callee = "kafka" | "hdfs" | "webHdfs" | "clickhouse" | "apiServer";

/**
 * One part of the lake that uses its stores. Its labels, its NetworkPolicies, its rights in Kafka and what the fit check
 * counts for it follow from this record.
 */
export interface Part<Name extends string = string> {
  /** Name of its workload, its label `app.kubernetes.io/component` and, if it has rights in Kafka, its Kafka user. */
  readonly name: Name;
  readonly isThere: (profile: Profile) => boolean;
  readonly calls: readonly Callee[];
  /** All rights that it has in Kafka. */
  readonly kafkaRights: readonly Acl[];
  /** Its pods, as many as run at once. */
  readonly pods: (profile: Profile) => readonly PodDemand[];
  /** Labels that select its pods, if a third-party chart sets them. */
  readonly podLabels?: Readonly<Record<string, string>>;
  /** What creates its pods, if no workload of the rendered manifests does. */
  readonly madeBy?: (profile: Profile) => string | undefined;
}

/** What creates pods that are in none of our manifests. */
export const makers = {
  spark: "the Spark operator, and the driver that it starts",
  strimzi: "Strimzi, from the Kafka resource",
  chart: "a chart of others, which may not be among what is checked",
  smoke: "npm run smoke, as a Job that goes again",
} as const;

/** Returns the record, with its name as a literal type. */
export function part<Name extends string>(record: Part<Name>): Part<Name> {
  return record;
}
