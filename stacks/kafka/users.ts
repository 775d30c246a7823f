import type { IKafkaUser } from "@kubernetes-models/strimzi-kafka-operator/kafka.strimzi.io/v1/KafkaUser";
import type { Profile } from "../../profiles";
import type { Manifest } from "../constructs/manifests";
import { partOf } from "../labels";
import { kafkaCluster, type KafkaClient } from "../names";
import { acls } from "./acls";

/** Clients that the profile has, each with a log-in of its own; Strimzi makes the passwords. */
export function clientsOf({ eventsim, watchdog, akhq }: Profile): KafkaClient[] {
  return [
    ...(eventsim.enabled ? (["eventsim"] as const) : []),
    "bronze",
    "smoke",
    ...(watchdog.enabled ? (["watchdog"] as const) : []),
    ...(akhq.enabled ? (["akhq"] as const) : []),
  ];
}

export function userManifests(profile: Profile): (Manifest & IKafkaUser)[] {
  return clientsOf(profile).map((client) => ({
    apiVersion: "kafka.strimzi.io/v1",
    kind: "KafkaUser",
    metadata: {
      name: client,
      namespace: profile.namespace,
      labels: { ...partOf, "strimzi.io/cluster": kafkaCluster },
    },
    spec: {
      authentication: { type: "scram-sha-512" },
      authorization: {
        type: "simple",
        acls: acls[client].map(({ resource, operations }) => ({ type: "allow", resource, operations })),
      },
    },
  }));
}
