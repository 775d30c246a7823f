import { Command, Option } from "commander";
import { kafkaMechanisms } from "../jobs/kafka/security";
import { endpointsSchema, type Endpoints } from "../lake/endpoints";
import { hops } from "./hops";
import { usualLimits } from "./options";

export const endpointNames = Object.keys(endpointsSchema.shape) as (keyof Endpoints)[];

/** An option that an environment variable may set, too: `SMOKE_KAFKA_USER` for `--kafka-user`. */
function option(flag: string, doc: string, standard?: string): Option {
  const [, name = ""] = /^--([a-z-]+)/.exec(flag) ?? [];
  const made = new Option(flag, doc).env(`SMOKE_${name.toUpperCase().replaceAll("-", "_")}`);
  return standard === undefined ? made : made.default(standard);
}

/** Smoke's command line, with its help. */
export function command(): Command {
  const cli = new Command("npm run smoke --")
    .description("Follows the data through every hop of a running lake and says where it stops")
    .addOption(
      option(
        "--endpoints <file>",
        "JSON with the lake's addresses, as `npm start` writes it",
        ".lake/endpoints.json",
      ),
    );
  for (const name of endpointNames)
    cli.addOption(option(`--${name} <address>`, `instead of ${name} in that file`));
  return cli
    .addOption(option("--kafka-user <name>", "user of Kafka (SASL)"))
    .addOption(option("--kafka-password <text>", "the user's password: better in the environment or a file"))
    .addOption(option("--kafka-password-file <file>", "file that holds the user's password"))
    .addOption(option("--kafka-mechanism <name>", kafkaMechanisms.join(", "), "scram-sha-512"))
    .addOption(option("--kafka-ca <file>", "PEM of the authority of Kafka's certificates; turns TLS on"))
    .addOption(option("--hdfs-user <name>", "whom HDFS takes the checks for", "lake"))
    .addOption(option("--clickhouse-user <name>", "user of ClickHouse", "default"))
    .addOption(
      option("--clickhouse-password <text>", "the user's password: better in the environment or a file"),
    )
    .addOption(option("--clickhouse-password-file <file>", "file that holds the user's password"))
    .addOption(option("--checks <names>", `some of ${hops.join(",")} (default: all)`))
    .option("--no-probe", "send no events of its own")
    .option("--settled", "the sources have stopped and all has come through: counts must be equal", false)
    .addOption(option("--trigger <seconds>", "how often bronze writes (default: as observed)"))
    .addOption(option("--every <seconds>", "how often silver and gold run (default: as observed)"))
    .addOption(
      option(
        "--freshness <seconds>",
        "largest 95th percentile from Kafka to ClickHouse",
        String(usualLimits.freshnessSeconds),
      ),
    )
    .addOption(
      option(
        "--loss <hours>",
        "fail for so long when Kafka deleted records before they were read (default: only say so)",
      ),
    )
    .addOption(
      option(
        "--quarantine <share>",
        "largest share of a topic's records in quarantine",
        String(usualLimits.quarantineShare),
      ),
    )
    .option("--json <file>", "write the results as JSON")
    .option("--report <file>", "write the results and the lake's figures as JSON")
    .option(
      "--seconds-to-first-gold <n>",
      "for the report: from the start to the first gold row in ClickHouse",
    )
    .option("--peak-memory-bytes <n>", "for the report: most memory that all processes held at once")
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
}
