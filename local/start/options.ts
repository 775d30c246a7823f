import { Command, CommanderError } from "commander";
import { z } from "zod";
import { checkedOptions } from "../../command-line/checked-options";
import { refusal } from "../../command-line/refusal";
import { UsageError } from "../../command-line/usage-error";
import { portCount } from "./ports";

const share = z.coerce.number().min(0).max(1);
const seconds = z.coerce.number().int().min(1).max(86_400);

const allowed: Record<string, string> = {
  rate: "a number from 0.1 to 100000",
  users: "a whole number from 1 to 5000000",
  seed: "a whole number from 0 to 4294967295",
  malformed: "a share from 0 to 1",
  duplicates: "a share from 0 to 1",
  late: "a share from 0 to 1",
  trigger: "whole seconds from 1 to 86400",
  every: "whole seconds from 1 to 86400",
  lateEvery: "whole seconds from 1 to 86400",
  dimensionsEvery: "whole seconds from 1 to 86400",
  for: "whole seconds from 1 to 86400",
  acceptKafka: "a cluster id of Kafka: 1 to 64 letters, digits, '_' and '-'",
  ports: "a whole number from 1024 to 65500",
};

/** The options of `npm start`. */
export const startOptions = z.object({
  rate: z.coerce.number().min(0.1).max(100_000),
  users: z.coerce.number().int().min(1).max(5_000_000).optional(),
  seed: z.coerce.number().int().min(0).max(4_294_967_295),
  malformed: share,
  duplicates: share,
  late: share,
  trigger: seconds,
  every: seconds,
  lateEvery: seconds,
  dimensionsEvery: seconds,
  for: seconds.optional(),
  report: z.string().min(1).optional(),
  eventsim: z.boolean(),
  data: z.string().min(1),
  fresh: z.boolean(),
  acceptKafka: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .optional(),
  ports: z.coerce.number().int().min(1024).max(65_500),
});

export type StartOptions = z.infer<typeof startOptions>;

function command(): Command {
  return new Command("npm start --")
    .description("Runs the lake on this machine until Ctrl-C: EventSim, Kafka, Spark, HDFS, dbt, ClickHouse")
    .option("--rate <events/s>", "events that EventSim sends per second", "100")
    .option("--users <n>", "customers EventSim plays (default: as many as the rate needs)")
    .option("--seed <n>", "seed of EventSim's customers", "1")
    .option("--malformed <share>", "share of records that are malformed", "0.001")
    .option("--duplicates <share>", "share of events sent twice", "0.001")
    .option("--late <share>", "share of events that arrive up to two days late", "0.001")
    .option("--trigger <seconds>", "how often bronze writes a micro-batch", "10")
    .option("--every <seconds>", "how often silver and gold are brought up to date", "15")
    .option(
      "--late-every <seconds>",
      "how long events of days that get few of them, and lifetime figures, may wait for gold",
      "300",
    )
    .option("--dimensions-every <seconds>", "how long a new customer may wait for silver's dimensions", "300")
    .option("--for <seconds>", "send events this long, then drain, check everything, and stop")
    .option("--report <file>", "write a report of the run as JSON; with --for")
    .option("--no-eventsim", "start no EventSim: bring your own producers")
    .option("--data <dir>", "where the lake's data and logs are kept", ".lake")
    .option("--fresh", "begin with an empty lake: what --data holds is deleted", false)
    .option(
      "--accept-kafka <cluster-id>",
      "go on with Kafka's topics though it is another Kafka than the lake has read",
    )
    .option("--ports <base>", `first of the ${portCount} ports that are used`, "28000")
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
}

/** Reads the options after `npm start --`. Returns `undefined` when only help was asked for. Throws a UsageError. */
export function parseStartOptions(args: readonly string[]): StartOptions | undefined {
  const cli = command();
  try {
    cli.parse([...args], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === "commander.helpDisplayed") return undefined;
    throw new UsageError(`${error.message.replace(/^error: /, "")} (npm start -- --help shows the options)`);
  }
  const options = checkedOptions(startOptions, cli.opts(), allowed);
  if (options.report !== undefined && options.for === undefined) {
    throw new UsageError(refusal("report", options.report, "with --for, as a report is of a run that ends"));
  }
  return options;
}
