import type { IKafka } from "@kubernetes-models/strimzi-kafka-operator/kafka.strimzi.io/v1/Kafka";
import type { IKafkaNodePool } from "@kubernetes-models/strimzi-kafka-operator/kafka.strimzi.io/v1/KafkaNodePool";
import type { Profile } from "../../profiles";
import type { StrimziKafka } from "../../profiles/schema/kafka";
import type { JvmSize } from "../../profiles/schema/size";
import { versions } from "../../versions";
import type { Manifest } from "../constructs/manifests";
import { containerSecurity } from "../constructs/restricted";
import { partOf } from "../labels";
import { kafkaCluster, kafkaPort } from "../names";
import { secondsForJvmToStart } from "../patience";
import { memory, resourcesWithDisk } from "../quantities";

const zone = "topology.kubernetes.io/zone";

function jvm({ heapMebibytes }: JvmSize) {
  const heap = `${heapMebibytes}m`;
  return { "-Xms": heap, "-Xmx": heap };
}

function operator(size: JvmSize) {
  return { resources: resourcesWithDisk(size, 0), jvmOptions: jvm(size) };
}

/** Strimzi's default context leaves the root file system writable. Its containers write to volumes only. */
const container = { securityContext: containerSecurity };

/** The Kafka cluster: one TLS listener that requires a login, and ACLs that deny everything they don't allow. */
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
          // Deleting a topic resource must not delete the topic's records.
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
        // Unlike the topic operator it has no startup probe.
        userOperator: {
          ...operator(kafka.userOperator),
          livenessProbe: { initialDelaySeconds: secondsForJvmToStart, timeoutSeconds: 5 },
        },
        template: {
          topicOperatorContainer: {
            ...container,
            // With finalizers a deleted topic resource would wait for ever, as the topic can't be deleted.
            env: [{ name: "STRIMZI_USE_FINALIZERS", value: "false" }],
          },
          userOperatorContainer: container,
        },
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

/** The part of a broker's volume that counts as ephemeral storage of its node. */
function diskMebibytes({ storage }: StrimziKafka): number {
  return storage.kind === "emptyDir" ? storage.sizeGibibytes * 1024 : 0;
}

/** The node pool. Each of its nodes is both broker and controller. */
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
      resources: resourcesWithDisk(kafka.node, diskMebibytes(kafka)),
      jvmOptions: jvm(kafka.node),
      storage: { type: "jbod", volumes: [{ id: 0, ...volume(kafka), kraftMetadata: "shared" }] },
      template: {
        kafkaContainer: container,
        // `rack` tells Kafka where a broker is; since Strimzi 0.49 it no longer spreads the brokers over zones.
        ...(kafka.zones && { pod: { topologySpreadConstraints: [spread(zone)] } }),
      },
    },
  };
}
