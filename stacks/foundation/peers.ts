import type { Profile } from "../../profiles";
import { componentLabel, type Component, type Labels } from "../labels";
import { kafkaCluster } from "../names";

/** One end of an edge. */
export type Peer =
  | { readonly kind: "pods"; readonly namespace: string; readonly labels: Labels }
  /** Every pod of a namespace that is not the lake's. */
  | { readonly kind: "namespace"; readonly namespace: string }
  | { readonly kind: "addresses"; readonly cidrs: readonly string[] };

/** The ends that the picture of the lake has, by name. */
export function peersOf(profile: Profile) {
  const inLake = (labels: Labels): Peer => ({ kind: "pods", namespace: profile.namespace, labels });
  const inOperators = (labels: Labels): Peer => ({
    kind: "pods",
    namespace: profile.operators.namespace,
    labels,
  });
  const part = (component: Component) => inLake(componentLabel(component));
  const { kafka, hdfs, clickhouse, network, observability } = profile;
  const addresses = (cidrs: readonly string[]): Peer => ({ kind: "addresses", cidrs });
  return {
    eventsim: part("eventsim"),
    bronze: part("bronze"),
    refine: part("refine"),
    serve: part("serve"),
    smoke: part("smoke"),
    watchdog: part("watchdog"),
    // Its chart has no say in the labels of its pods.
    akhq: inLake({ "app.kubernetes.io/name": "akhq", "app.kubernetes.io/instance": "akhq" }),
    sparkDriver: inLake({ "spark-role": "driver" }),
    kafka:
      kafka.mode === "external"
        ? addresses(kafka.cidrs)
        : inLake({ "strimzi.io/name": `${kafkaCluster}-kafka` }),
    entityOperator: inLake({ "strimzi.io/name": `${kafkaCluster}-entity-operator` }),
    nameNode: hdfs.mode === "external" ? addresses(hdfs.cidrs) : part("hdfs-namenode"),
    dataNode: hdfs.mode === "external" ? addresses(hdfs.cidrs) : part("hdfs-datanode"),
    journalNode: part("hdfs-journalnode"),
    zooKeeper: part("zookeeper"),
    clickhouse: clickhouse.mode === "external" ? addresses(clickhouse.cidrs) : part("clickhouse"),
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
