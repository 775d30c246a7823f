import { readFileSync } from "node:fs";
import { Command, CommanderError, Option } from "commander";
import { z } from "zod";
import { endpointsSchema, type Endpoints } from "../lake/endpoints";
import { hops } from "./hops";
import { smokeOptions, type SmokeOptions } from "./options";

/** What the command line says beside the options of the checks. */
export interface Invocation {
  readonly options: SmokeOptions;
  /** File for the results of the checks as JSON. */
  readonly json: string | undefined;
  /** File for the report, and what whoever started the lake adds to it. */
  readonly report: string | undefined;
  readonly secondsToFirstGold: number | null;
  readonly peakMemoryBytes: number | null;
}

/** A wrong option; the message names each, what was given and what is allowed. */
export class WrongOptions extends Error {}

const endpointNames = Object.keys(endpointsSchema.shape) as (keyof Endpoints)[];

/** An option that the environment may give, too: `--kafka-user` is `SMOKE_KAFKA_USER`. */
function option(flag: string, doc: string, standard?: string): Option {
  const [, name = ""] = /^--([a-z-]+)/.exec(flag) ?? [];
  const made = new Option(flag, doc).env(`SMOKE_${name.toUpperCase().replaceAll("-", "_")}`);
  return standard === undefined ? made : made.default(standard);
}

function command(): Command {
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
    .addOption(option("--kafka-password <text>", "the user's password"))
    .addOption(option("--kafka-mechanism <name>", "plain, scram-sha-256 or scram-sha-512", "scram-sha-512"))
    .addOption(
      option("--kafka-authority <file>", "PEM of the authority of Kafka's certificates; turns TLS on"),
    )
    .addOption(option("--clickhouse-user <name>", "user of ClickHouse", "default"))
    .addOption(option("--clickhouse-password <text>", "the user's password", ""))
    .addOption(option("--checks <names>", `some of ${hops.join(",")} (default: all)`))
    .option("--no-probe", "send no events of its own")
    .option("--settled", "the sources have stopped and all has come through: counts must be equal", false)
    .addOption(option("--trigger <seconds>", "how often bronze writes (default: as observed)"))
    .addOption(option("--every <seconds>", "how often silver and gold run (default: as observed)"))
    .addOption(option("--freshness <seconds>", "largest 95th percentile from Kafka to ClickHouse", "300"))
    .addOption(option("--quarantine <share>", "largest share of a topic's records in quarantine", "1"))
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

const text = z.string().optional();
const measured = z.coerce
  .number("allowed: a number")
  .nonnegative("allowed: 0 or more")
  .nullable()
  .default(null);

const flags = z.object({
  endpoints: z.string(),
  kafkaUser: text,
  kafkaPassword: text,
  kafkaMechanism: z.string(),
  kafkaAuthority: text,
  clickhouseUser: z.string(),
  clickhousePassword: z.string(),
  checks: text,
  probe: z.boolean(),
  settled: z.boolean(),
  trigger: text,
  every: text,
  freshness: z.string(),
  quarantine: z.string(),
  json: text,
  report: text,
  secondsToFirstGold: measured,
  peakMemoryBytes: measured,
});

type Flags = z.infer<typeof flags>;

/** Options as they are called on the command line, by their path in SmokeOptions. */
const flagOfPath: Readonly<Record<string, string>> = {
  "kafka.sasl.mechanism": "kafka-mechanism",
  "kafka.sasl.username": "kafka-user",
  "kafka.sasl.password": "kafka-password",
  "clickhouse.username": "clickhouse-user",
  triggerSeconds: "trigger",
  everySeconds: "every",
  freshnessSeconds: "freshness",
  quarantineShare: "quarantine",
  secondsToFirstGold: "seconds-to-first-gold",
  peakMemoryBytes: "peak-memory-bytes",
};

function checked<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => {
    const input = path.reduce<unknown>((at, part) => (at as Record<PropertyKey, unknown>)[part], value);
    const name = path.filter((part) => typeof part === "string" && part !== "endpoints").join(".");
    return `--${flagOfPath[name] ?? name}: got ${JSON.stringify(input) ?? "nothing"}, ${message}`;
  });
  throw new WrongOptions(lines.join("; "));
}

function readText(flag: string, path: string, otherwise: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new WrongOptions(`--${flag}: can't read ${path} (${(error as Error).message}): ${otherwise}`);
  }
}

function endpointsOf(given: Readonly<Record<string, unknown>>, file: string): object {
  const named = Object.fromEntries(
    endpointNames.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]),
  );
  if (endpointNames.every((name) => name in named)) return named;
  const content = readText("endpoints", file, "start the lake with `npm start`, or name its file");
  try {
    return { ...(JSON.parse(content) as object), ...named };
  } catch {
    throw new WrongOptions(`--endpoints: got ${file}, which is not JSON`);
  }
}

function kafkaOf({ kafkaUser, kafkaPassword, kafkaMechanism, kafkaAuthority }: Flags): object {
  return {
    ...(kafkaUser !== undefined && {
      sasl: { mechanism: kafkaMechanism, username: kafkaUser, password: kafkaPassword },
    }),
    ...(kafkaAuthority !== undefined && {
      authority: readText("kafka-authority", kafkaAuthority, "allowed: a PEM file"),
    }),
  };
}

/**
 * Reads the words of the command line, and the environment for what they leave out. `undefined` when only help was
 * asked for. Throws WrongOptions.
 */
export function parseInvocation(words: readonly string[]): Invocation | undefined {
  const cli = command();
  try {
    cli.parse([...words], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === "commander.helpDisplayed") return undefined;
    throw new WrongOptions(
      `${error.message.replace(/^error: /, "")} (npm run smoke -- --help shows the options)`,
    );
  }
  const given: Record<string, unknown> = cli.opts();
  const flag = checked(flags, given);
  const { json, report, secondsToFirstGold, peakMemoryBytes } = flag;
  const chosen = flag.checks?.split(",").map((name) => name.trim()) ?? [...hops];
  const options = checked(smokeOptions, {
    endpoints: endpointsOf(given, flag.endpoints),
    kafka: kafkaOf(flag),
    clickhouse: { username: flag.clickhouseUser, password: flag.clickhousePassword },
    checks: chosen.filter((name) => flag.probe || name !== "probe"),
    settled: flag.settled,
    triggerSeconds: flag.trigger,
    everySeconds: flag.every,
    freshnessSeconds: flag.freshness,
    quarantineShare: flag.quarantine,
  });
  return { options, json, report, secondsToFirstGold, peakMemoryBytes };
}
