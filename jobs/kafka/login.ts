import { kafkaSecurity, type KafkaSecurity } from "./security";
import { readSecretFile } from "../../lake/secret-file";

/** How a command line says who logs in to Kafka. */
export interface KafkaLogin {
  readonly kafkaUser?: string | undefined;
  readonly kafkaPasswordFile?: string | undefined;
  readonly kafkaMechanism: NonNullable<KafkaSecurity["sasl"]>["mechanism"];
  /** File with the authority's certificates. */
  readonly kafkaCa?: string | undefined;
}

/** Says what is wrong with an option, in the program's own words. */
export type Refuse = (option: keyof KafkaLogin, got: string | undefined, why: string) => never;

/** What the files that a command line names hold. */
export function readKafkaLogin(login: KafkaLogin, refuse: Refuse): KafkaSecurity {
  const { kafkaUser: username, kafkaPasswordFile: file, kafkaMechanism: mechanism, kafkaCa: ca } = login;
  const read = (option: "kafkaPasswordFile" | "kafkaCa", path: string): string => {
    try {
      return readSecretFile(path);
    } catch (error) {
      return refuse(option, path, ` (${(error as Error).message})`);
    }
  };
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
