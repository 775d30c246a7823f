import type { Profile } from "../../profiles";
import { kafkaPort, ports, sparkPorts } from "../names";
import { partsOf } from "../parts";
import type { Callee } from "../parts/part";
import { edge, type Edge } from "./edge";
import type { PeerName } from "./peers";

/** Ports of the parts' Prometheus metrics. */
export const metricsPorts = { kafka: 9404, spark: 4040, clickhouse: 9363, operators: 8080 } as const;

/** The profile's parts that call `callee`. */
function callersOf(callee: Callee, profile: Profile): PeerName[] {
  return partsOf(profile)
    .filter(([, { calls }]) => calls.includes(callee))
    .map(([peer]) => peer);
}

function kafkaEdges(profile: Profile): Edge[] {
  const { kafka, network } = profile;
  const external = kafka.mode === "external";
  const clientPorts = external ? kafka.ports : [kafkaPort];
  const edges = callersOf("kafka", profile).map((client) => edge(client, "kafka", ...clientPorts));
  if (external) return edges;
  const [controllerPort, replicationPort, agentPort] = [9090, 9091, 8443];
  return [
    ...edges,
    edge("kafka", "kafka", controllerPort, replicationPort),
    edge("entityOperator", "kafka", replicationPort),
    edge("entityOperator", "apiServer", ...network.apiServer.ports),
    edge("strimziOperator", "kafka", controllerPort, replicationPort, agentPort),
    // A broker reads its certificates from Secrets through the API; an init container queries its node's zone.
    edge("kafka", "apiServer", ...network.apiServer.ports),
  ];
}

function hdfsEdges(profile: Profile): Edge[] {
  const { hdfs } = profile;
  const at = hdfs.mode === "external" ? hdfs.ports : ports;
  const readers: PeerName[] = [...callersOf("hdfs", profile), "clickhouse"];
  const webReaders = callersOf("webHdfs", profile);
  const clients = [
    ...readers.flatMap((client) => [
      edge(client, "nameNode", at.nameNode),
      edge(client, "dataNode", at.dataNode),
    ]),
    ...webReaders.flatMap((client) => [
      edge(client, "nameNode", at.nameNodeHttp),
      edge(client, "dataNode", at.dataNodeHttp),
    ]),
  ];
  if (hdfs.mode === "external") return clients;
  const inside = [
    edge("dataNode", "nameNode", ports.nameNode),
    edge("dataNode", "dataNode", ports.dataNode, ports.dataNodeIpc),
  ];
  if (!hdfs.ha) return [...clients, ...inside];
  return [
    ...clients,
    ...inside,
    edge("nameNode", "nameNode", ports.nameNode, ports.nameNodeHttp, ports.failoverController),
    edge("nameNode", "journalNode", ports.journalNode, ports.journalNodeHttp),
    edge("journalNode", "journalNode", ports.journalNode, ports.journalNodeHttp),
    edge("nameNode", "zooKeeper", ports.zooKeeper),
    edge("zooKeeper", "zooKeeper", ports.zooKeeperPeer, ports.zooKeeperElection),
  ];
}

function sparkEdges(profile: Profile): Edge[] {
  const { network } = profile;
  const callers: PeerName[] = ["sparkDriver", ...callersOf("apiServer", profile)];
  return [
    ...(["bronze", "silver", "gold"] as const).map((job) =>
      edge(job, job, sparkPorts.driver, sparkPorts.blockManager),
    ),
    ...callers.map((caller) => edge(caller, "apiServer", ...network.apiServer.ports)),
  ];
}

function clickhouseEdges(profile: Profile): Edge[] {
  const { clickhouse } = profile;
  const port = clickhouse.mode === "external" ? portOf(new URL(clickhouse.url)) : ports.clickhouse;
  return callersOf("clickhouse", profile).map((caller) => edge(caller, "clickhouse", port));
}

function portOf({ port, protocol }: URL): number {
  return port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
}

function operatorEdges({ operators, network }: Profile): Edge[] {
  return [
    ...(operators.installStrimzi ? [edge("strimziOperator", "apiServer", ...network.apiServer.ports)] : []),
    ...(operators.installSpark
      ? [
          edge("sparkOperator", "apiServer", ...network.apiServer.ports),
          edge("apiServer", "sparkWebhook", 9443),
        ]
      : []),
  ];
}

function consoleEdges({ console }: Profile): Edge[] {
  if (!console.enabled || console.ingress === null) return [];
  return [edge("ingressController", "console", ports.console)];
}

function metricsEdges({ observability, kafka, hdfs, clickhouse, operators }: Profile): Edge[] {
  if (!observability.enabled) return [];
  return [
    edge("prometheus", "sparkDriver", metricsPorts.spark),
    ...(kafka.mode === "strimzi" ? [edge("prometheus", "kafka", metricsPorts.kafka)] : []),
    ...(hdfs.mode === "chart"
      ? [
          edge("prometheus", "nameNode", ports.nameNodeHttp),
          edge("prometheus", "dataNode", ports.dataNodeHttp),
        ]
      : []),
    ...(clickhouse.mode === "chart" && clickhouse.flavor === "official"
      ? [edge("prometheus", "clickhouse", metricsPorts.clickhouse)]
      : []),
    ...(operators.installSpark ? [edge("prometheus", "sparkOperator", metricsPorts.operators)] : []),
    ...(operators.installStrimzi ? [edge("prometheus", "strimziOperator", metricsPorts.operators)] : []),
  ];
}

/** Every allowed connection of the lake. DNS look-ups are allowed to every pod and are not listed. */
export function edgesOf(profile: Profile): Edge[] {
  return [
    ...kafkaEdges(profile),
    ...hdfsEdges(profile),
    ...sparkEdges(profile),
    ...clickhouseEdges(profile),
    ...operatorEdges(profile),
    ...consoleEdges(profile),
    ...metricsEdges(profile),
  ];
}
