import { Command } from "commander";
import { z } from "zod";
import { endpointsSchema, hdfsUser, kafkaBrokers } from "../../lake/endpoints";
import { checkedOptions } from "../../command-line/checked-options";
import { addKafkaLogin, kafkaLoginShape, readKafkaLogin } from "../kafka/login";
import type { KafkaSecurity } from "../kafka/security";

const text = z.string().min(1, "allowed: a text that is not empty");

const optionsSchema = z.object({
  kafka: kafkaBrokers,
  ...kafkaLoginShape,
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

function command(): Command {
  const watchdog = new Command("watchdog")
    .description(
      "looks once whether bronze, silver and gold do their work, and has a stuck one started again",
    )
    .requiredOption("--kafka <host:port>", "brokers by comma");
  return addKafkaLogin(watchdog, "the watchdog")
    .requiredOption("--webhdfs <url>", "WebHDFS of each NameNode by comma")
    .option("--hdfs-user <name>", "user of HDFS that the watchdog acts as", "lake")
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

/**
 * Options from the command line. For `--help` and for a missing option, commander ends the process.
 * @throws UsageError
 */
export function readOptions(argv: readonly string[]): WatchdogOptions {
  const options = checkedOptions(optionsSchema, command().parse(argv).opts());
  return { ...options, kafkaSecurity: readKafkaLogin(options) };
}
