import type { IKafka } from "@kubernetes-models/strimzi-kafka-operator/kafka.strimzi.io/v1/Kafka";
import type { IKafkaNodePool } from "@kubernetes-models/strimzi-kafka-operator/kafka.strimzi.io/v1/KafkaNodePool";
import type { Profile } from "../../profiles";
import type { StrimziKafka } from "../../profiles/schema/kafka";
import type { JvmSize } from "../../profiles/schema/size";
import { versions } from "../../versions";
import type { Manifest } from "../constructs/manifests";
import { partOf } from "../labels";
import { kafkaCluster, kafkaPort } from "../names";
import { memory, resourcesOf } from "../quantities";

const zone = "topology.kubernetes.io/zone";

function jvm({ heapMebibytes }: JvmSize) {
  const heap = `${heapMebibytes}m`;
  return { "-Xms": heap, "-Xmx": heap };
}

function operator(size: JvmSize) {
  return { resources: resourcesOf(size), jvmOptions: jvm(size) };
}

/** The cluster: one TLS listener that asks for a log-in, and nothing allowed that no ACL allows. */
export function kafkaManifest(profile: Profile, kafka: StrimziKafka): Manifest & IKafka {
  const { replicationFactor, minInSyncReplicas } = kafka;
  return {
    apiVersion: "kafka.strimzi.io/v1",
    kind: "Kafka",
    metadata: { name: kafkaCluster, namespace: profile.namespace, labels: partOf },
    spec: {
      kafka: {
        version: versions.kafka,
        metadataVersion: versions.kafkaMetadata,
        listeners: [
          {
            name: "tls",
            port: kafkaPort,
            type: "internal",
            tls: true,
            authentication: { type: "scram-sha-512" },
          },
        ],
        authorization: { type: "simple" },
        config: {
          "auto.create.topics.enable": false,
          // A topic resource that somebody deletes must not take the records with it.
          "delete.topic.enable": false,
          "default.replication.factor": replicationFactor,
          "min.insync.replicas": minInSyncReplicas,
          "offsets.topic.replication.factor": replicationFactor,
          "transaction.state.log.replication.factor": replicationFactor,
          "transaction.state.log.min.isr": minInSyncReplicas,
        },
        ...(kafka.zones && { rack: { topologyKey: zone } }),
        ...(profile.observability.enabled && {
          metricsConfig: {
            type: "strimziMetricsReporter" as const,
            values: { allowList: ["kafka_server.*", "kafka_controller.*", "kafka_log_log_size"] },
          },
        }),
      },
      entityOperator: {
        topicOperator: operator(kafka.topicOperator),
        userOperator: operator(kafka.userOperator),
        // With finalizers a deleted topic resource would wait for ever for a topic that nobody may delete.
        template: { topicOperatorContainer: { env: [{ name: "STRIMZI_USE_FINALIZERS", value: "false" }] } },
      },
    },
  };
}

function volume({ storage }: StrimziKafka) {
  switch (storage.kind) {
    case "emptyDir":
      return { type: "ephemeral" as const, sizeLimit: memory(storage.sizeGibibytes * 1024) };
    case "claim":
      return {
        type: "persistent-claim" as const,
        size: memory(storage.sizeGibibytes * 1024),
        deleteClaim: false,
        ...(storage.storageClass !== null && { class: storage.storageClass }),
      };
  }
}

/** Its nodes are brokers and controllers at once. */
export function nodePoolManifest(profile: Profile, kafka: StrimziKafka): Manifest & IKafkaNodePool {
  const spread = (topologyKey: string) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "DoNotSchedule" as const,
    labelSelector: { matchLabels: { "strimzi.io/name": `${kafkaCluster}-kafka` } },
  });
  return {
    apiVersion: "kafka.strimzi.io/v1",
    kind: "KafkaNodePool",
    metadata: {
      name: "node",
      namespace: profile.namespace,
      labels: { ...partOf, "strimzi.io/cluster": kafkaCluster },
    },
    spec: {
      replicas: kafka.brokers,
      roles: ["controller", "broker"],
      resources: resourcesOf(kafka.node),
      jvmOptions: jvm(kafka.node),
      storage: { type: "jbod", volumes: [{ id: 0, ...volume(kafka), kraftMetadata: "shared" }] },
      // `rack` tells Kafka where a broker is; since 0.49 it no longer sees to it that they are apart.
      ...(kafka.zones && { template: { pod: { topologySpreadConstraints: [spread(zone)] } } }),
    },
  };
}
