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
  .describe("by topic, where it is not what lake/topics.ts says; partitions are never taken away again");

const strimzi = z.strictObject({
  mode: z.literal("strimzi"),
  brokers: whole(1, 99),
  zones: switchedOn.describe("one replica a zone; needs nodes labelled topology.kubernetes.io/zone"),
  node: jvmSize.describe("one broker, which is a controller, too"),
  storage: brokerStorage,
  topicOperator: jvmSize,
  userOperator: jvmSize,
  minInSyncReplicas: whole(1, 9),
  replicationFactor: whole(1, 9),
  partitions,
});

/** One Secret a client, as Strimzi makes them: the key `password`. */
const users = z.strictObject({
  eventsim: secretName,
  bronze: secretName,
  smoke: secretName,
  watchdog: secretName,
  akhq: secretName,
});

const external = z.strictObject({
  mode: z.literal("external"),
  bootstrap: bootstrapServers,
  cidrs: cidrs.describe("addresses of every broker: the only ones that clients may reach"),
  ports: z.array(whole(1, 65_535)).min(1, "allowed: the brokers' ports").describe("ports of every broker"),
  tls: z
    .strictObject({ caSecret: secretName.describe("Secret with the key ca.crt") })
    .nullable()
    .describe("null: without TLS"),
  sasl: z
    .strictObject({ mechanism: oneOf(["scram-sha-512", "scram-sha-256", "plain"]), users })
    .nullable()
    .describe("null: nobody logs in"),
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
/** Whoever logs in to Kafka. */
export type KafkaUser = keyof z.infer<typeof users>;
export type StrimziKafka = z.infer<typeof strimzi>;
export type ExternalKafka = z.infer<typeof external>;
