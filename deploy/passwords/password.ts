import { akhqLogins } from "../../stacks/akhq/logins";
import { people } from "../../console/people";
import { akhqLoginSecret, clickhouseUsersSecret, consoleLoginSecret, kafkaAccess } from "../../stacks/names";
import { clickhouseUsers, neededSecrets } from "../../stacks/secrets";
import type { Profile } from "../../profiles";
import type { KafkaUser } from "../../profiles/schema/kafka";
import { kafkaClientsOf } from "../../stacks/parts/kafka-clients";

/** A workload that has to be restarted to use a new password. */
export interface Workload {
  readonly kind: "statefulset" | "deployment" | "sparkapplication";
  readonly name: string;
}

/** A password of the lake: its user, the Secret that holds it, and the workloads that read it when they start. */
export interface Password {
  /** `part/user` */
  readonly name: string;
  readonly secret: string;
  readonly key: string;
  /**
   * Who created the Secret. Strimzi recreates a deleted Secret with a new password. A chart keeps the Secret that it
   * created, some of them with the password's hash. The user's own Secret is never changed.
   */
  readonly madeBy: "strimzi" | "chart" | "chart, with its hash" | "you";
  readonly readBy: readonly Workload[];
}

function makerOf(profile: Profile, secret: string, key: string): Password["madeBy"] {
  const needed = neededSecrets(profile).find(({ name, keys }) => name === secret && key in keys);
  if (needed === undefined) throw new Error(`profile ${profile.name}: no Secret ${secret} has a key ${key}`);
  if (needed.maker !== "release") return needed.maker;
  return `${key}-sha256` in needed.keys ? "chart, with its hash" : "chart";
}

const kafkaReaders: Readonly<Record<KafkaUser, readonly Workload[]>> = {
  eventsim: [{ kind: "deployment", name: "eventsim" }],
  bronze: [{ kind: "sparkapplication", name: "bronze" }],
  akhq: [{ kind: "deployment", name: "akhq" }],
  console: [{ kind: "deployment", name: "console" }],
  // Each run reads its password when it starts.
  smoke: [],
  watchdog: [],
};

function kafkaPasswords(profile: Profile): Password[] {
  return kafkaClientsOf(profile).flatMap((client) => {
    const { login } = kafkaAccess(profile, client);
    if (login === null) return [];
    return {
      name: `kafka/${client}`,
      secret: login.passwordSecret,
      key: "password",
      madeBy: makerOf(profile, login.passwordSecret, "password"),
      readBy: kafkaReaders[client],
    };
  });
}

function clickhousePasswords(profile: Profile): Password[] {
  const isOurs = profile.clickhouse.mode === "chart";
  const secret = clickhouseUsersSecret(profile);
  const server: Workload[] = isOurs ? [{ kind: "statefulset", name: "clickhouse" }] : [];
  const console: Workload[] = profile.console.enabled ? [{ kind: "deployment", name: "console" }] : [];
  const readers = { serve: [{ kind: "deployment", name: "serve" }], reader: console } as const;
  return clickhouseUsers.map((user) => ({
    name: `clickhouse/${user}`,
    secret,
    key: user,
    madeBy: makerOf(profile, secret, user),
    readBy: [...server, ...readers[user]],
  }));
}

/** Passwords of a page that its own Deployment reads. */
function pagePasswords(
  profile: Profile,
  page: "akhq" | "console",
  secret: string,
  keys: readonly string[],
): Password[] {
  if (!profile[page].enabled) return [];
  return keys.map((key) => ({
    name: `${page}/${key}`,
    secret,
    key,
    madeBy: makerOf(profile, secret, key),
    readBy: [{ kind: "deployment", name: page }],
  }));
}

/** Every password of a profile's lake. */
export function passwordsOf(profile: Profile): Password[] {
  return [
    ...kafkaPasswords(profile),
    ...clickhousePasswords(profile),
    ...pagePasswords(profile, "akhq", akhqLoginSecret(profile), akhqLogins),
    ...pagePasswords(profile, "console", consoleLoginSecret(profile), people),
  ];
}
