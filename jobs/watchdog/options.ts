import { Command } from "commander";
import { z } from "zod";
import { endpointsSchema, hdfsUser, kafkaBrokers } from "../../lake/endpoints";
import { kebab } from "../../lake/kebab";
import { readKafkaLogin } from "../kafka/login";
import { kafkaMechanisms, type KafkaSecurity } from "../kafka/security";

const text = z.string().min(1, "allowed: a text that is not empty");

const optionsSchema = z.object({
  kafka: kafkaBrokers,
  kafkaUser: text.optional(),
  kafkaPasswordFile: text.optional(),
  kafkaMechanism: z.enum(kafkaMechanisms, `allowed: ${kafkaMechanisms.join(", ")}`),
  kafkaCa: text.optional(),
  webhdfs: endpointsSchema.shape.webhdfs,
  hdfsUser,
  lake: endpointsSchema.shape.lake,
  apiServer: z.url({ protocol: /^https$/, error: "allowed: https://host:port" }),
  account: text,
  namespace: text,
  staleSeconds: z.coerce
    .number("allowed: 60 to 86400")
    .int("allowed: 60 to 86400")
    .min(60, "allowed: 60 to 86400")
    .max(86_400, "allowed: 60 to 86400"),
});

export type WatchdogOptions = z.infer<typeof optionsSchema> & { readonly kafkaSecurity: KafkaSecurity };

/** A wrong option; the message names each option, what was given and what is allowed. */
export class WrongOptions extends Error {}

function command(): Command {
  return new Command("watchdog")
    .description(
      "looks once whether bronze, silver and gold do their work, and has a stuck one started again",
    )
    .requiredOption("--kafka <host:port>", "brokers by comma")
    .option("--kafka-user <name>", "user that Kafka knows the watchdog as (SASL)")
    .option("--kafka-password-file <file>", "file that holds the user's password")
    .option("--kafka-mechanism <name>", kafkaMechanisms.join(", "), "scram-sha-512")
    .option("--kafka-ca <file>", "PEM of the authority of Kafka's certificates; turns TLS on")
    .requiredOption("--webhdfs <url>", "WebHDFS of each NameNode by comma")
    .option("--hdfs-user <name>", "whom HDFS takes the watchdog for", "lake")
    .option("--lake <path>", "the lake's root on HDFS", "/lake")
    .option("--api-server <url>", "Kubernetes' API server", "https://kubernetes.default.svc")
    .option(
      "--account <folder>",
      "folder with the token and ca.crt of the pod's account",
      "/var/run/secrets/kubernetes.io/serviceaccount",
    )
    .requiredOption("--namespace <name>", "where the applications are")
    .requiredOption(
      "--stale-seconds <n>",
      "how long data may wait while nothing is committed: longer than the longest batch and run",
    );
}

function refused(option: string, got: unknown, why: string, allowed: string): string {
  return `--${kebab(option)}: got ${got === undefined ? "nothing" : JSON.stringify(got)}${why}, allowed: ${allowed}`;
}

/** Options from the command line. `--help` and a missing option end the process, as commander does. */
export function readOptions(argv: readonly string[]): WatchdogOptions {
  const given = command().parse(argv).opts();
  const parsed = optionsSchema.safeParse(given);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map(({ path, message }) =>
      refused(String(path[0]), given[String(path[0])], "", message.replace(/^allowed: /, "")),
    );
    throw new WrongOptions(wrong.join("\n"));
  }
  const kafkaSecurity = readKafkaLogin(parsed.data, (option, got, why) => {
    throw new WrongOptions(refused(option, got, why, "both a user and a readable file, or PEM"));
  });
  return { ...parsed.data, kafkaSecurity };
}
