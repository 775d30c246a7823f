import { kebab } from "../../lake/kebab";
import type { Profile } from "../../profiles";
import type { Manifest } from "../constructs/manifests";
import { peersOf, type PeerName } from "../foundation/peers";
import { partOf } from "../labels";

/** A part whose pods have metrics at a port of this name. */
interface Target {
  readonly peer: PeerName;
  readonly port: string;
  readonly path: string;
}

function targetsOf({ kafka, hdfs, clickhouse, operators }: Profile): Target[] {
  return [
    // The driver tells of its executors, too.
    { peer: "sparkDriver", port: "spark-ui", path: "/metrics/prometheus" },
    ...(kafka.mode === "strimzi"
      ? [{ peer: "kafka", port: "tcp-prometheus", path: "/metrics" } as const]
      : []),
    ...(hdfs.mode === "chart"
      ? ([
          { peer: "nameNode", port: "http", path: "/prom" },
          { peer: "dataNode", port: "http", path: "/prom" },
        ] as const)
      : []),
    ...(clickhouse.mode === "chart" && clickhouse.flavor === "official"
      ? [{ peer: "clickhouse", port: "metrics", path: "/metrics" } as const]
      : []),
    ...(operators.installSpark
      ? [{ peer: "sparkOperator", port: "metrics", path: "/metrics" } as const]
      : []),
    ...(operators.installStrimzi
      ? [{ peer: "strimziOperator", port: "http", path: "/metrics" } as const]
      : []),
  ];
}

/** What Prometheus' operator makes Prometheus read. */
export function podMonitors(profile: Profile): (Manifest & { spec: object })[] {
  const { observability, namespace } = profile;
  const peers = peersOf(profile);
  return targetsOf(profile).flatMap(({ peer, port, path }) => {
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
          podMetricsEndpoints: [{ port, path, interval: "30s" }],
        },
      },
    ];
  });
}
