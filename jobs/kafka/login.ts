import type { Command } from "commander";
import { z } from "zod";
import { refusal } from "../../command-line/refusal";
import { readSecretFile } from "../../command-line/secret-file";
import { UsageError } from "../../command-line/usage-error";
import { kafkaMechanisms, kafkaSecurity, type KafkaSecurity } from "./security";

const allowed = {
  kafkaUser: "a user's name",
  kafkaPasswordFile: "a readable file with the user's password",
  kafkaMechanism: kafkaMechanisms.join(", "),
  kafkaCa: "a readable file with certificates as PEM",
} as const;

/** The command-line options for logging in to Kafka. */
export const kafkaLoginShape = {
  kafkaUser: z.string().min(1, allowed.kafkaUser).optional(),
  kafkaPasswordFile: z.string().min(1, allowed.kafkaPasswordFile).optional(),
  kafkaMechanism: z.enum(kafkaMechanisms, allowed.kafkaMechanism),
  /** File with the authority's certificates. */
  kafkaCa: z.string().min(1, allowed.kafkaCa).optional(),
};

export type KafkaLogin = z.infer<z.ZodObject<typeof kafkaLoginShape>>;

/** @param program the program's name in the help texts */
export function addKafkaLogin(command: Command, program: string): Command {
  return command
    .option("--kafka-user <name>", `user that Kafka knows ${program} as (SASL)`)
    .option("--kafka-password-file <file>", "file that holds the user's password")
    .option("--kafka-mechanism <name>", allowed.kafkaMechanism, "scram-sha-512")
    .option("--kafka-ca <file>", "PEM of the authority of Kafka's certificates; turns TLS on");
}

function refuse(option: keyof typeof allowed, got: string | undefined, why: string): never {
  throw new UsageError(refusal(option, got, allowed[option], why));
}

function read(option: "kafkaPasswordFile" | "kafkaCa", path: string): string {
  try {
    return readSecretFile(path);
  } catch (error) {
    return refuse(option, path, ` (${(error as Error).message})`);
  }
}

/**
 * Reads the files that the login options name.
 * @throws UsageError
 */
export function readKafkaLogin(login: KafkaLogin): KafkaSecurity {
  const { kafkaUser: username, kafkaPasswordFile: file, kafkaMechanism: mechanism, kafkaCa: ca } = login;
  if (username !== undefined && file === undefined)
    refuse("kafkaPasswordFile", undefined, " beside --kafka-user");
  if (username === undefined && file !== undefined)
    refuse("kafkaUser", undefined, " beside --kafka-password-file");
  const authority = ca === undefined ? undefined : read("kafkaCa", ca);
  if (!kafkaSecurity.shape.authority.safeParse(authority).success)
    refuse("kafkaCa", ca, ", which holds no certificate");
  return {
    ...(authority !== undefined && { authority }),
    ...(username !== undefined &&
      file !== undefined && { sasl: { mechanism, username, password: read("kafkaPasswordFile", file) } }),
  };
}
