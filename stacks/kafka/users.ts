import type { IKafkaUser } from "@kubernetes-models/strimzi-kafka-operator/kafka.strimzi.io/v1/KafkaUser";
import type { Profile } from "../../profiles";
import type { Manifest } from "../constructs/manifests";
import { partOf } from "../labels";
import { kafkaCluster } from "../names";
import { kafkaClientsOf } from "../parts/kafka-clients";
import { kafkaParts } from "../parts";

/** One KafkaUser for each client that the profile has; Strimzi creates the passwords. */
export function userManifests(profile: Profile): (Manifest & IKafkaUser)[] {
  return kafkaClientsOf(profile).map((client) => ({
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
        acls: kafkaParts[client].kafkaRights.map(({ resource, operations }) => ({
          type: "allow",
          resource,
          operations,
        })),
      },
    },
  }));
}
