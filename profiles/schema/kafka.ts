import { z } from "zod";
import { topics } from "../../lake/topics";
import { brokerStorage, jvmSize } from "./size";
import { bootstrapServers, cidrs, oneOf, secretName, switchedOn, whole } from "./words";

const topicNames = topics.map(({ name }) => name);

const partitions = z
  .record(z.string(), whole(1, 10_000))
  .refine((given) => Object.keys(given).every((topic) => topicNames.includes(topic)), {
    error: `allowed topics: ${topicNames.join(", ")}`,
  })
  .describe("number of partitions by topic, where it differs from lake/topics.ts; it can only be raised");

const strimzi = z.strictObject({
  mode: z.literal("strimzi"),
  brokers: whole(1, 99),
  zones: switchedOn.describe("one replica per zone; needs nodes labelled topology.kubernetes.io/zone"),
  node: jvmSize.describe("resources of one broker, which is also a controller"),
  storage: brokerStorage,
  topicOperator: jvmSize,
  userOperator: jvmSize,
  minInSyncReplicas: whole(1, 9),
  replicationFactor: whole(1, 9),
  partitions,
});

/** One Secret per client, as Strimzi creates them, with the key `password`. */
const users = z.strictObject({
  eventsim: secretName,
  bronze: secretName,
  smoke: secretName,
  watchdog: secretName,
  akhq: secretName,
  console: secretName,
});

const external = z.strictObject({
  mode: z.literal("external"),
  bootstrap: bootstrapServers,
  cidrs: cidrs.describe("addresses of every broker; clients may reach no others"),
  ports: z.array(whole(1, 65_535)).min(1, "allowed: the brokers' ports").describe("ports of every broker"),
  tls: z
    .strictObject({ caSecret: secretName.describe("Secret with the key ca.crt") })
    .nullable()
    .describe("null: no TLS"),
  sasl: z
    .strictObject({ mechanism: oneOf(["scram-sha-512", "scram-sha-256", "plain"]), users })
    .nullable()
    .describe("null: no authentication"),
});

export const kafka = z
  .discriminatedUnion("mode", [strimzi, external], "allowed modes: strimzi, external")
  .refine(
    (kafka) => kafka.mode !== "strimzi" || kafka.replicationFactor <= kafka.brokers,
    "allowed: a replicationFactor of at most the number of brokers",
  )
  .refine(
    (kafka) =>
      kafka.mode !== "strimzi" ||
      kafka.minInSyncReplicas < kafka.replicationFactor ||
      kafka.replicationFactor === 1,
    "allowed: minInSyncReplicas below replicationFactor, or no broker may ever restart",
  )
  .refine(
    (kafka) => kafka.mode !== "strimzi" || kafka.brokers === 1 || kafka.brokers % 2 === 1,
    "allowed: an odd number of brokers, as they vote",
  );

export type Kafka = z.infer<typeof kafka>;
/** A client that logs in to Kafka. */
export type KafkaUser = keyof z.infer<typeof users>;
export type StrimziKafka = z.infer<typeof strimzi>;
export type ExternalKafka = z.infer<typeof external>;
