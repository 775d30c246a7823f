import type { KafkaSecurity } from "./security";

const modules = "org.apache.kafka.common.security";
const loginModules = {
  plain: `${modules}.plain.PlainLoginModule`,
  "scram-sha-256": `${modules}.scram.ScramLoginModule`,
  "scram-sha-512": `${modules}.scram.ScramLoginModule`,
} as const;

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, (character) => `\\${character}`)}"`;
}

/** The value of `sasl.jaas.config` for Kafka's Java clients; it quotes any characters in the password. */
export function jaasLine({ mechanism, username, password }: NonNullable<KafkaSecurity["sasl"]>): string {
  return `${loginModules[mechanism]} required username=${quoted(username)} password=${quoted(password)};`;
}
