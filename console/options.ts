import { Command } from "commander";
import { z } from "zod";
import { checkedOptions } from "../command-line/checked-options";
import { endpointsSchema, hdfsUser } from "../lake/endpoints";

const port = z.coerce
  .number("allowed: 0 to 65535")
  .int("allowed: 0 to 65535")
  .min(0, "allowed: 0 to 65535")
  .max(65_535, "allowed: 0 to 65535");

const optionsSchema = z.object({
  ...endpointsSchema.shape,
  hdfsUser,
  port,
  host: z.string().min(1, "allowed: an address of this machine"),
});

export type ConsoleOptions = z.infer<typeof optionsSchema>;

function command(): Command {
  return new Command("console")
    .description("a page that shows the lake live: how data flows, what gold says, what was refused")
    .requiredOption("--kafka <host:port>", "brokers by comma")
    .requiredOption("--hdfs <url>", "the NameNode, hdfs://host:port, as ClickHouse reaches it")
    .requiredOption("--webhdfs <url>", "WebHDFS of each NameNode by comma")
    .option("--hdfs-user <name>", "user of HDFS that the console acts as", "lake")
    .option("--lake <path>", "the lake's root on HDFS", "/lake")
    .requiredOption("--clickhouse <url>", "ClickHouse's HTTP interface")
    .option("--port <number>", "of the page; 0 takes a free one", "8080")
    .option("--host <address>", "address to listen on", "127.0.0.1");
}

/**
 * Options from the command line. `--help` and a missing option end the process, as commander does.
 * @throws UsageError
 */
export function readOptions(argv: readonly string[]): ConsoleOptions {
  return checkedOptions(optionsSchema, command().parse(argv).opts());
}
