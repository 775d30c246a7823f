import { Command } from "commander";
import { z } from "zod";
import { endpointsSchema, hdfsUser } from "../../lake/endpoints";
import { checkedOptions } from "../../command-line/checked-options";
import { refusal } from "../../command-line/refusal";
import { readSecretFile } from "../../command-line/secret-file";
import { UsageError } from "../../command-line/usage-error";

const url = "allowed: http://host:port";

const optionsSchema = z.object({
  webhdfs: endpointsSchema.shape.webhdfs,
  hdfsUser,
  hdfs: endpointsSchema.shape.hdfs,
  lake: endpointsSchema.shape.lake,
  clickhouse: z.url({ protocol: /^https?$/, error: url }),
  clickhouseUser: z.string().min(1, "allowed: a user's name"),
  clickhousePasswordFile: z.string().optional(),
  graceSeconds: z.coerce.number("allowed: 1 to 86400").int().min(1).max(86_400),
  pollSeconds: z.coerce.number("allowed: 0.1 to 3600").min(0.1).max(3600),
  checkSeconds: z.coerce.number("allowed: 1 to 86400").int().min(1).max(86_400),
  once: z.boolean(),
});

export type ServeOptions = Omit<z.infer<typeof optionsSchema>, "clickhousePasswordFile"> & {
  readonly clickhousePassword: string;
};

function command(): Command {
  return new Command("serve")
    .description("publishes every run of gold to ClickHouse, zero-copy and imported")
    .requiredOption("--webhdfs <url>", "WebHDFS of each NameNode by comma, as serve reaches it")
    .option("--hdfs-user <name>", "user of HDFS that serve acts as", "lake")
    .requiredOption("--hdfs <url>", "the NameNode, hdfs://host:port, as ClickHouse reaches it")
    .option("--lake <path>", "the lake's root on HDFS", "/lake")
    .requiredOption("--clickhouse <url>", "ClickHouse's HTTP interface")
    .option("--clickhouse-user <name>", "user that serve creates and switches tables as", "default")
    .option("--clickhouse-password-file <file>", "file that holds the user's password; none without it")
    .option(
      "--grace-seconds <n>",
      "how long an old snapshot is kept after the last table that named it: longer than the longest query allowed",
      "60",
    )
    .option("--poll-seconds <n>", "how often to look for a new run of gold", "1")
    .option("--check-seconds <n>", "how often to compare both paths over their whole history", "300")
    .option("--once", "publish what is there and end", false);
}

function password(file: string | undefined): string {
  if (file === undefined) return "";
  try {
    return readSecretFile(file);
  } catch (error) {
    const why = ` (${(error as Error).message})`;
    throw new UsageError(refusal("clickhousePasswordFile", file, "a readable file", why));
  }
}

/**
 * Options from the command line. For `--help` and for a missing option, commander ends the process.
 * @throws UsageError
 */
export function readOptions(argv: readonly string[]): ServeOptions {
  const { clickhousePasswordFile, ...options } = checkedOptions(optionsSchema, command().parse(argv).opts());
  return { ...options, clickhousePassword: password(clickhousePasswordFile) };
}
