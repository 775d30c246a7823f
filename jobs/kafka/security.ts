import type { KafkaConfig } from "kafkajs";
import { z } from "zod";

export const kafkaMechanisms = ["plain", "scram-sha-256", "scram-sha-512"] as const;

/** How a client logs in to Kafka, and how it verifies the brokers. */
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
    // Node.js accepts any other text silently, and then trusts no certificate.
    .includes("-----BEGIN CERTIFICATE-----", "allowed: certificates as PEM")
    .optional(),
});

export type KafkaSecurity = z.infer<typeof kafkaSecurity>;

/** A busy broker's handshake takes longer than the client library's default of one second. */
const connectionTimeoutMs = 10_000;

/** Address, log-in and timeout as options of kafkajs. */
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
  // The mechanism is the tag of a union, which the compiler needs narrowed.
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
