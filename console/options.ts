import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { z } from "zod";
import { checkedOptions } from "../command-line/checked-options";
import { refusal } from "../command-line/refusal";
import { readSecretFile } from "../command-line/secret-file";
import { UsageError } from "../command-line/usage-error";
import { addKafkaLogin, kafkaLoginShape, readKafkaLogin } from "../jobs/kafka/login";
import { endpointsSchema, hdfsUser } from "../lake/endpoints";
import type { LakeAccess } from "./lake-access";
import { isPerson, people, type Person } from "./people";

const port = z.coerce
  .number("allowed: 0 to 65535")
  .int("allowed: 0 to 65535")
  .min(0, "allowed: 0 to 65535")
  .max(65_535, "allowed: 0 to 65535");

const text = z.string().min(1, "allowed: a text that is not empty");
const hostName = z.string().regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, "allowed: host names without a port");

const optionsSchema = z.object({
  ...endpointsSchema.shape,
  ...kafkaLoginShape,
  hdfsUser,
  clickhouseUser: text.optional(),
  clickhousePasswordFile: text.optional(),
  passwords: text.optional(),
  port,
  host: z.string().min(1, "allowed: an address of this machine"),
  answerTo: z.array(hostName, "allowed: host names without a port"),
});

export interface ConsoleOptions {
  readonly lake: LakeAccess;
  /** 0: a free port. */
  readonly port: number;
  readonly host: string;
  /** Host names, besides `host` and localhost, by which people reach the page. */
  readonly answerTo: readonly string[];
  /** Passwords by name of who may log in; absent: nobody has to. */
  readonly passwords: ReadonlyMap<Person, string> | undefined;
}

function command(): Command {
  const page = new Command("console")
    .description("a page that shows the lake live: how data flows, what gold says, what was refused")
    .requiredOption("--kafka <host:port>", "brokers by comma");
  return addKafkaLogin(page, "the console")
    .requiredOption("--hdfs <url>", "the NameNode, hdfs://host:port, as ClickHouse reaches it")
    .requiredOption("--webhdfs <url>", "WebHDFS of each NameNode by comma")
    .option("--hdfs-user <name>", "user of HDFS that the console acts as", "lake")
    .option("--lake <path>", "the lake's root on HDFS", "/lake")
    .requiredOption("--clickhouse <url>", "ClickHouse's HTTP interface")
    .option(
      "--clickhouse-user <name>",
      "read-only user, whose own limits hold; without it the console sets limits",
    )
    .option("--clickhouse-password-file <file>", "file that holds the user's password")
    .option("--port <number>", "of the page; 0 takes a free one", "8080")
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--answer-to <names...>", "host names by which people reach the page, besides localhost", [])
    .option("--passwords <folder>", `makes people log in: folder with the files ${people.join(" and ")}`);
}

/**
 * Options from the command line. `--help` and a missing option end the process, as commander does.
 * @throws UsageError
 */
export function readOptions(argv: readonly string[]): ConsoleOptions {
  const options = checkedOptions(optionsSchema, command().parse(argv).opts());
  const { clickhouseUser: username, clickhousePasswordFile: file, passwords: folder } = options;
  if ((username === undefined) !== (file === undefined)) {
    const missing = username === undefined ? "clickhouseUser" : "clickhousePasswordFile";
    throw new UsageError(
      refusal(missing, undefined, "both --clickhouse-user and its password file, or none"),
    );
  }
  return {
    lake: {
      endpoints: endpointsSchema.parse(options),
      kafka: readKafkaLogin(options),
      hdfsUser: options.hdfsUser,
      clickhouse:
        username === undefined || file === undefined
          ? undefined
          : { username, password: read("clickhousePasswordFile", file) },
    },
    port: options.port,
    host: options.host,
    answerTo: options.answerTo,
    passwords: folder === undefined ? undefined : readPasswords(folder),
  };
}

function readPasswords(folder: string): ReadonlyMap<Person, string> {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    throw new UsageError(refusal("passwords", folder, `a readable folder (${(error as Error).message})`));
  }
  const known = names.filter(isPerson);
  if (known.length === 0)
    throw new UsageError(refusal("passwords", folder, `a folder with a file ${people.join(" or ")}`));
  return new Map(known.map((name) => [name, read("passwords", join(folder, name))]));
}

function read(option: string, path: string): string {
  try {
    return readSecretFile(path);
  } catch (error) {
    throw new UsageError(
      refusal(option, path, `a readable file with a password (${(error as Error).message})`),
    );
  }
}
