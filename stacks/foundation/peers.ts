import type { Profile } from "../../profiles";
import { componentLabel, type Component, type Labels } from "../labels";
import { kafkaCluster } from "../names";

/** One end of an edge. */
export type Peer =
  | {
      readonly kind: "pods";
      readonly namespace: string;
      readonly labels: Labels;
      /** Who makes the pods, where no workload of the rendered manifests does. */
      readonly madeBy?: string;
    }
  /** Every pod of a namespace that is not the lake's. */
  | { readonly kind: "namespace"; readonly namespace: string }
  | { readonly kind: "addresses"; readonly cidrs: readonly string[] };

/** Who makes pods that are in no manifest of ours. */
export const makers = {
  spark: "the Spark operator, and the driver that it starts",
  strimzi: "Strimzi, from the Kafka resource",
  chart: "a chart of others, which may not be among what is checked",
  smoke: "npm run smoke, as a Job that goes again",
} as const;

/** The ends that the picture of the lake has, by name. */
export function peersOf(profile: Profile) {
  const inLake = (labels: Labels, madeBy?: string): Peer => ({
    kind: "pods",
    namespace: profile.namespace,
    labels,
    ...(madeBy !== undefined && { madeBy }),
  });
  const inOperators = (labels: Labels): Peer => ({
    kind: "pods",
    namespace: profile.operators.namespace,
    labels,
    madeBy: makers.chart,
  });
  const part = (component: Component, madeBy?: string) => inLake(componentLabel(component), madeBy);
  const { kafka, hdfs, clickhouse, network, observability } = profile;
  const addresses = (cidrs: readonly string[]): Peer => ({ kind: "addresses", cidrs });
  return {
    eventsim: part("eventsim"),
    bronze: part("bronze", makers.spark),
    silver: part("silver", makers.spark),
    gold: part("gold", makers.spark),
    serve: part("serve"),
    // The watch that the alerts need has its labels, too.
    smoke: part("smoke", observability.enabled ? undefined : makers.smoke),
    watchdog: part("watchdog"),
    // Its chart has no say in the labels of its pods.
    akhq: inLake({ "app.kubernetes.io/name": "akhq", "app.kubernetes.io/instance": "akhq" }, makers.chart),
    sparkDriver: inLake({ "spark-role": "driver" }, makers.spark),
    kafka:
      kafka.mode === "external"
        ? addresses(kafka.cidrs)
        : inLake({ "strimzi.io/name": `${kafkaCluster}-kafka` }, makers.strimzi),
    entityOperator: inLake({ "strimzi.io/name": `${kafkaCluster}-entity-operator` }, makers.strimzi),
    nameNode: hdfs.mode === "external" ? addresses(hdfs.cidrs) : part("hdfs-namenode"),
    dataNode: hdfs.mode === "external" ? addresses(hdfs.cidrs) : part("hdfs-datanode"),
    journalNode: part("hdfs-journalnode"),
    zooKeeper: part("zookeeper"),
    clickhouse: clickhouse.mode === "external" ? addresses(clickhouse.cidrs) : part("clickhouse"),
    clickhouseBackup: part("clickhouse-backup"),
    strimziOperator: inOperators({ "strimzi.io/kind": "cluster-operator" }),
    sparkOperator: inOperators({ "app.kubernetes.io/name": "spark-operator" }),
    sparkWebhook: inOperators({
      "app.kubernetes.io/name": "spark-operator",
      "app.kubernetes.io/component": "webhook",
    }),
    apiServer: addresses(network.apiServer.cidrs),
    prometheus: { kind: "namespace", namespace: observability.prometheusNamespace } as Peer,
  } as const;
}

export type PeerName = keyof ReturnType<typeof peersOf>;
