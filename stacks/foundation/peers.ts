import type { Profile } from "../../profiles";
import { componentLabel, type Component, type Labels } from "../labels";
import { kafkaCluster } from "../names";
import { parts, type PartName } from "../parts";
import { makers } from "../parts/part";

/** One end of an edge of the network. */
export type Peer =
  | {
      readonly kind: "pods";
      readonly namespace: string;
      readonly labels: Labels;
      /** What creates the pods, if no workload of the rendered manifests does. */
      readonly madeBy?: string;
    }
  /** Every pod of a namespace other than the lake's. */
  | { readonly kind: "namespace"; readonly namespace: string }
  | { readonly kind: "addresses"; readonly cidrs: readonly string[] };

/** All ends that edges of the lake's network can have, by name. */
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
  const part = (component: Component) => inLake(componentLabel(component));
  const ofParts = Object.fromEntries(
    Object.entries(parts).map(([peer, { name, podLabels, madeBy }]) => [
      peer,
      inLake(podLabels ?? componentLabel(name), madeBy?.(profile)),
    ]),
  ) as Record<PartName, Peer>;
  const { kafka, hdfs, clickhouse, network, observability, console } = profile;
  const addresses = (cidrs: readonly string[]): Peer => ({ kind: "addresses", cidrs });
  return {
    ...ofParts,
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
    strimziOperator: inOperators({ "strimzi.io/kind": "cluster-operator" }),
    sparkOperator: inOperators({ "app.kubernetes.io/name": "spark-operator" }),
    sparkWebhook: inOperators({
      "app.kubernetes.io/name": "spark-operator",
      "app.kubernetes.io/component": "webhook",
    }),
    ingressController: {
      kind: "namespace",
      namespace: console.ingress?.controllerNamespace ?? "none",
    } as Peer,
    apiServer: addresses(network.apiServer.cidrs),
    prometheus: { kind: "namespace", namespace: observability.prometheusNamespace } as Peer,
  } as const;
}

export type PeerName = keyof ReturnType<typeof peersOf>;
