import { kebab } from "../../command-line/kebab";
import type { Profile } from "../../profiles";
import type { Manifest } from "../constructs/manifests";
import { peersOf, type PeerName } from "../foundation/peers";
import { partOf } from "../labels";

/** Pods that serve metrics at the port of this name. */
interface Target {
  readonly peer: PeerName;
  readonly port: string;
  readonly paths: readonly string[];
}

function targetsOf({ kafka, hdfs, clickhouse, operators }: Profile): Target[] {
  return [
    // Executors serve no metrics themselves: the driver serves theirs at the second path.
    {
      peer: "sparkDriver",
      port: "spark-ui",
      paths: ["/metrics/prometheus", "/metrics/executors/prometheus"],
    },
    ...(kafka.mode === "strimzi"
      ? [{ peer: "kafka", port: "tcp-prometheus", paths: ["/metrics"] } as const]
      : []),
    ...(hdfs.mode === "chart"
      ? ([
          { peer: "nameNode", port: "http", paths: ["/prom"] },
          { peer: "dataNode", port: "http", paths: ["/prom"] },
        ] as const)
      : []),
    ...(clickhouse.mode === "chart" && clickhouse.flavor === "official"
      ? [{ peer: "clickhouse", port: "metrics", paths: ["/metrics"] } as const]
      : []),
    ...(operators.installSpark
      ? [{ peer: "sparkOperator", port: "metrics", paths: ["/metrics"] } as const]
      : []),
    ...(operators.installStrimzi
      ? [{ peer: "strimziOperator", port: "http", paths: ["/metrics"] } as const]
      : []),
  ];
}

/** PodMonitors, from which Prometheus' operator configures what Prometheus scrapes. */
export function podMonitors(profile: Profile): (Manifest & { spec: object })[] {
  const { observability, namespace } = profile;
  const peers = peersOf(profile);
  return targetsOf(profile).flatMap(({ peer, port, paths }) => {
    const target = peers[peer];
    if (target.kind !== "pods") return [];
    return [
      {
        apiVersion: "monitoring.coreos.com/v1",
        kind: "PodMonitor",
        metadata: {
          name: kebab(peer),
          namespace,
          labels: { ...partOf, ...observability.ruleLabels },
        },
        spec: {
          namespaceSelector: { matchNames: [target.namespace] },
          selector: { matchLabels: target.labels },
          podMetricsEndpoints: paths.map((path) => ({ port, path, interval: "30s" })),
        },
      },
    ];
  });
}
