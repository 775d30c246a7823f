import type { KafkaConfig } from "kafkajs";
import { z } from "zod";

export const kafkaMechanisms = ["plain", "scram-sha-256", "scram-sha-512"] as const;

/** How a client logs in to Kafka, and how it knows that it is talking to Kafka. */
export const kafkaSecurity = z.object({
  sasl: z
    .object({
      mechanism: z.enum(kafkaMechanisms, `allowed: ${kafkaMechanisms.join(", ")}`),
      username: z.string().min(1, "allowed: a user's name"),
      password: z.string("allowed: the user's password"),
    })
    .optional(),
  /** PEM of the authority that signed the brokers' certificates; TLS is off without it. */
  authority: z
    .string()
    // Node.js takes any other text without a word, and then trusts nobody.
    .includes("-----BEGIN CERTIFICATE-----", "allowed: certificates as PEM")
    .optional(),
});

export type KafkaSecurity = z.infer<typeof kafkaSecurity>;

/** A busy broker takes longer to shake hands than the second that the client library waits by itself. */
const connectionTimeoutMs = 10_000;

/** Where Kafka is, how to log in and how long to try, in the words of kafkajs. */
export function connectionOf(
  brokers: string,
  { sasl, authority }: KafkaSecurity = {},
): Pick<KafkaConfig, "brokers" | "ssl" | "sasl" | "connectionTimeout"> {
  const connection = {
    brokers: brokers.split(","),
    connectionTimeout: connectionTimeoutMs,
    ...(authority !== undefined && { ssl: { ca: [authority] } }),
  };
  if (!sasl) return connection;
  // The mechanism is the tag of a union: it has to be told apart for the compiler.
  const { mechanism, ...credentials } = sasl;
  switch (mechanism) {
    case "plain":
      return { ...connection, sasl: { mechanism, ...credentials } };
    case "scram-sha-256":
      return { ...connection, sasl: { mechanism, ...credentials } };
    case "scram-sha-512":
      return { ...connection, sasl: { mechanism, ...credentials } };
  }
}
