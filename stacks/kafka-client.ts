import type { KafkaAccess } from "./names";

/** Paths in a client's pod: its password, and the certificate of the authority that signs Kafka's certificates. */
export const kafkaFiles = {
  passwordFolder: "/var/run/secrets/lake/kafka",
  password: "/var/run/secrets/lake/kafka/password",
  caFolder: "/var/run/secrets/lake/kafka-ca",
  ca: "/var/run/secrets/lake/kafka-ca/ca.crt",
} as const;

/** Options with which EventSim, bronze and the watchdog connect and log in to Kafka. */
export function kafkaOptions({ bootstrap, login, caSecret }: KafkaAccess): string[] {
  return [
    "--kafka",
    bootstrap,
    ...(login === null
      ? []
      : [
          ...["--kafka-user", login.user],
          ...["--kafka-password-file", kafkaFiles.password],
          ...["--kafka-mechanism", login.mechanism],
        ]),
    ...(caSecret === null ? [] : ["--kafka-ca", kafkaFiles.ca]),
  ];
}

/** A Secret, the folder it is mounted at, and the keys that are mounted. */
export interface SecretFolder {
  readonly secret: string;
  readonly folder: string;
  readonly keys: readonly string[];
}

export function kafkaSecrets({ login, caSecret }: KafkaAccess): SecretFolder[] {
  return [
    ...(login === null
      ? []
      : [{ secret: login.passwordSecret, folder: kafkaFiles.passwordFolder, keys: ["password"] }]),
    ...(caSecret === null ? [] : [{ secret: caSecret, folder: kafkaFiles.caFolder, keys: ["ca.crt"] }]),
  ];
}
