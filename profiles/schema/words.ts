import { z } from "zod";

/** Schemas of single strings and numbers, each with a message that says what is allowed. */

const label = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;

export const name = z
  .string()
  .regex(label, "allowed: 1 to 63 of a-z, 0-9 and '-', starting with a letter, not ending with '-'");

export const secretName = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/, "allowed: the name of a Secret");

export const clusterId = z
  .string()
  .regex(/^[\w-]{1,64}$/, "allowed: a cluster id of Kafka: 1 to 64 letters, digits, '_' and '-'");

export const configMapName = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/, "allowed: the name of a ConfigMap");

export const switchedOn = z.boolean("allowed: true or false");

export const hostName = z
  .string()
  .max(253, "allowed: a host name as lake.example.com")
  .regex(
    /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)+$/,
    "allowed: a host name as lake.example.com",
  );

const bootstrapServer = /^[A-Za-z0-9][A-Za-z0-9.-]{0,252}:([1-9]\d{0,4})$/;

export const bootstrapServers = z
  .string("allowed: host:port, more of them after commas")
  .refine(
    (text) =>
      text.split(",").every((server) => Number(bootstrapServer.exec(server)?.[1] ?? Infinity) <= 65_535),
    "allowed: host:port, more of them after commas",
  );

export const port = whole(1, 65_535);

export const cidr = z
  .string()
  .regex(/^(\d{1,3}\.){3}\d{1,3}\/(3[0-2]|[12]?\d)$/, "allowed: an IPv4 range as 10.0.0.0/16")
  .refine(
    (text) => (text.split("/")[0] ?? "").split(".").every((part) => Number(part) <= 255),
    "allowed: an IPv4 range as 10.0.0.0/16",
  );

export const cidrs = z.array(cidr).min(1, "allowed: at least one IPv4 range as 10.0.0.0/16");

export const httpUrl = z.url({
  protocol: /^https?$/,
  error: "allowed: http://host:port or https://host:port",
});

export const absolutePath = z
  .string()
  .regex(/^(\/[A-Za-z0-9._-]+)+$/, "allowed: an absolute path of letters, digits, '.', '_' and '-'");

export const text = z.string().min(1, "allowed: a text that is not empty");

export const labels = z.record(z.string(), z.string(), "allowed: labels, name to value");

export function whole(least: number, most: number) {
  const allowed = `allowed: a whole number from ${least} to ${most}`;
  return z.number(allowed).int(allowed).min(least, allowed).max(most, allowed);
}

export function share() {
  const allowed = "allowed: a share from 0 to 1";
  return z.number(allowed).min(0, allowed).max(1, allowed);
}

export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, `allowed: ${words.join(", ")}`);
}
