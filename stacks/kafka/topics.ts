import type { IKafkaTopic } from "@kubernetes-models/strimzi-kafka-operator/kafka.strimzi.io/v1/KafkaTopic";
import { topicConfig, topics } from "../../lake/topics";
import type { Profile } from "../../profiles";
import type { StrimziKafka } from "../../profiles/schema/kafka";
import type { Manifest } from "../constructs/manifests";
import { partOf } from "../labels";
import { kafkaCluster } from "../names";

/** The topics of the contract. Kubernetes allows no `_` in names, so an object's name differs from its topic's. */
export function topicManifests(profile: Profile, kafka: StrimziKafka): (Manifest & IKafkaTopic)[] {
  return topics.map((topic) => ({
    apiVersion: "kafka.strimzi.io/v1",
    kind: "KafkaTopic",
    metadata: {
      name: topic.name.replaceAll("_", "-"),
      namespace: profile.namespace,
      labels: { ...partOf, "strimzi.io/cluster": kafkaCluster },
    },
    spec: {
      topicName: topic.name,
      partitions: kafka.partitions[topic.name] ?? topic.partitions,
      replicas: kafka.replicationFactor,
      config: { ...topicConfig(topic), "min.insync.replicas": kafka.minInSyncReplicas },
    },
  }));
}
