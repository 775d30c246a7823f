import { Command, CommanderError } from "commander";
import { UsageError } from "../../command-line/usage-error";
import { addKafkaLogin } from "../kafka/login";
import { WebHdfs } from "../hdfs/webhdfs";
import { makeCatalogue } from "./catalogue";
import { publishCatalogue } from "./catalogue/publish";
import { importFiles } from "./import/import";
import { checkImportOptions, checkPublishOptions, checkRunOptions } from "./options";
import { simulate } from "./simulate";

const say = (line: string) => console.error(`eventsim: ${line}`);

/** Options for Kafka's address and the log-in. */
function addKafkaOptions(command: Command): Command {
  return addKafkaLogin(
    command.option("--kafka <host:port>", "brokers by comma, with --sink kafka"),
    "EventSim",
  );
}

function eventsim(): Command {
  const command = new Command("eventsim")
    .enablePositionalOptions()
    .description("Simulates a music service's customers: from --from to --to, or from now on in real time")
    .option("--seed <n>", "customers and all they do follow from it", "1")
    .option(
      "--users <n>",
      "customers at the start (default: 1000; in real time at a rate 50 for each event/s, at most 200000)",
    )
    .option("--rate <n>", "records per second; in virtual time it changes the speed alone")
    .option("--from <time>", "virtual time: start, ISO 8601")
    .option("--to <time>", "virtual time: end, ISO 8601")
    .option("--for <seconds>", "stop after so long")
    .option("--growth <share>", "new customers per customer and year", "0.2")
    .option("--malformed <share>", "share of events sent as something unreadable", "0")
    .option("--duplicates <share>", "share of events sent a second time", "0")
    .option("--late <share>", "share of events dated back by up to 2 days", "0")
    .option("--too-late <share>", "share of events dated back further than the lake accepts", "0")
    .option("--sink <name>", "kafka, file or stdout", "stdout");
  return addKafkaOptions(command)
    .option("--file <folder>", "folder for one NDJSON file a topic, with --sink file")
    .option("--shard <i/n>", "the i-th of n equal parts of the customers, i from 1", "1/1")
    .option("--source <name>", "name in the ledger (default: eventsim-<seed>-<start>-<shard>)")
    .option(
      "--progress",
      "tell what was sent as a line of JSON a second, on stdout (not with --sink stdout)",
      false,
    )
    .action(async (given: Record<string, unknown>) => simulate(checkRunOptions(given), say));
}

function importCommand(): Command {
  const command = new Command("import")
    .description("Sends lines of the original eventsim, of its fork or of Sparkify as this lake's events")
    .argument("<file...>", "files with a line of JSON each")
    .option("--sink <name>", "kafka or stdout", "stdout");
  return addKafkaOptions(command)
    .option(
      "--shift-days <n>",
      "days by which times are moved (default: so many that the newest is of the last 24 hours)",
    )
    .action(async (files: string[], given: Record<string, unknown>) => {
      if (!(await importFiles(checkImportOptions(files, given), say))) process.exitCode = 1;
    });
}

function publishCommand(): Command {
  return new Command("publish-catalogue")
    .description("Writes the reference catalogue to the lake, where it is missing or differs")
    .requiredOption("--webhdfs <url>", "WebHDFS of each NameNode, http://host:port by comma")
    .option("--hdfs-user <name>", "user of HDFS that EventSim acts as", "lake")
    .option("--lake <path>", "the lake's root on HDFS", "/lake")
    .action(async (given: Record<string, unknown>) => {
      const { webhdfs, hdfsUser, lake } = checkPublishOptions(given);
      const written = await publishCatalogue(new WebHdfs(webhdfs, hdfsUser), lake, makeCatalogue());
      say(written.length === 0 ? "the catalogue is up to date" : `wrote ${written.join(", ")}`);
    });
}

async function main(): Promise<number> {
  const program = eventsim().addCommand(importCommand()).addCommand(publishCommand());
  for (const command of [program, ...program.commands])
    command
      .exitOverride()
      .allowExcessArguments(false)
      .configureOutput({ outputError: () => undefined });
  try {
    await program.parseAsync();
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    say((error as Error).message.replace(/^error: /, ""));
    return error instanceof UsageError || error instanceof CommanderError ? 2 : 1;
  }
}

void main().then((code) => process.exit(code));
