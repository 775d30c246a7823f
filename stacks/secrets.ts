import { people } from "../console/people";
import type { Profile } from "../profiles";
import { akhqLogins } from "./akhq/logins";
import { akhqLoginSecret, clickhouseUsersSecret, consoleLoginSecret, kafkaAccess } from "./names";
import { kafkaClientsOf } from "./parts/kafka-clients";

/** Where the value of a Secret's key comes from. `sha256`: the hash of the key of the same name without `-sha256`. */
export type KeySource = "random" | "sha256" | "given";

/** A Secret that pods of the lake read. */
export interface NeededSecret {
  readonly name: string;
  readonly namespace: string;
  readonly keys: Readonly<Record<string, KeySource>>;
  /** Who creates it, once, in the cluster: one of our Helm releases, Strimzi, or the person who deploys. */
  readonly maker: "release" | "strimzi" | "you";
}

export const clickhouseUsers = ["serve", "reader"] as const;

const random = (keys: readonly string[]) => Object.fromEntries(keys.map((key) => [key, "random" as const]));
const hashes = (keys: readonly string[], source: KeySource) =>
  Object.fromEntries(keys.map((key) => [`${key}-sha256`, source]));

function clickhouseSecret(profile: Profile): NeededSecret {
  const { clickhouse, namespace } = profile;
  const isMade = clickhouse.mode === "chart" && clickhouse.existingSecret === null;
  return {
    name: clickhouseUsersSecret(profile),
    namespace,
    // An external ClickHouse already has its passwords.
    keys: clickhouse.mode === "chart" ? random(clickhouseUsers) : { serve: "given", reader: "given" },
    maker: isMade ? "release" : "you",
  };
}

function akhqSecret(profile: Profile): NeededSecret[] {
  const { akhq, namespace } = profile;
  if (!akhq.enabled) return [];
  return [
    {
      name: akhqLoginSecret(profile),
      namespace,
      keys: { ...random(akhqLogins), ...hashes(akhqLogins, "sha256") },
      maker: akhq.existingSecret === null ? "release" : "you",
    },
  ];
}

function consoleSecret(profile: Profile): NeededSecret[] {
  const { console, namespace } = profile;
  if (!console.enabled) return [];
  const maker = console.existingSecret === null ? "release" : "you";
  return [{ name: consoleLoginSecret(profile), namespace, keys: random(people), maker }];
}

function kafkaSecrets(profile: Profile): NeededSecret[] {
  const { kafka, namespace } = profile;
  const maker = kafka.mode === "strimzi" ? "strimzi" : "you";
  const secret = (name: string, key: string): NeededSecret => ({
    name,
    namespace,
    keys: { [key]: "given" },
    maker,
  });
  const accesses = kafkaClientsOf(profile).map((client) => kafkaAccess(profile, client));
  const logins = accesses.flatMap(({ login }) => (login ? [secret(login.passwordSecret, "password")] : []));
  const [caSecret] = accesses.map((access) => access.caSecret);
  return caSecret == null ? logins : [...logins, secret(caSecret, "ca.crt")];
}

function pullSecrets({ images, namespace, operators }: Profile): NeededSecret[] {
  return images.pullSecrets.flatMap((name) =>
    [namespace, operators.namespace].map((where) => ({
      name,
      namespace: where,
      keys: { ".dockerconfigjson": "given" as const },
      maker: "you" as const,
    })),
  );
}

/** Every Secret that must exist for the lake's pods to start. */
export function neededSecrets(profile: Profile): NeededSecret[] {
  return [
    clickhouseSecret(profile),
    ...akhqSecret(profile),
    ...consoleSecret(profile),
    ...kafkaSecrets(profile),
    ...pullSecrets(profile),
  ];
}
