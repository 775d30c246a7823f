import { readFileSync } from "node:fs";
import { Command, Option } from "commander";
import { z } from "zod";
import { endpointsSchema, type Endpoints } from "../lake/endpoints";
import { hops } from "./hops";

const seconds = z.coerce.number().positive();

/** Everything the checks are told: where the lake is, who asks, and how strictly. */
export const smokeOptions = z.object({
  endpoints: endpointsSchema,
  kafka: z.object({
    sasl: z
      .object({
        mechanism: z.enum(["plain", "scram-sha-256", "scram-sha-512"]),
        username: z.string().min(1),
        password: z.string(),
      })
      .optional(),
    /** PEM of the authority that signed the brokers' certificates; TLS is off without it. */
    authority: z.string().optional(),
  }),
  clickhouse: z.object({ username: z.string().min(1), password: z.string() }),
  checks: z.array(z.enum(hops)).min(1),
  /** The sources have stopped and all has come through: counts must be equal, not only bounded. */
  settled: z.boolean(),
  /** How often bronze writes a batch, and silver and gold run; observed in their records when absent. */
  triggerSeconds: seconds.optional(),
  everySeconds: seconds.optional(),
  /** Largest 95th percentile of the time from Kafka to the imported tables. */
  freshnessSeconds: seconds,
  /** Largest share of a topic's records in quarantine, 0 to 1. */
  quarantineShare: z.coerce.number().min(0).max(1),
});

export type SmokeOptions = z.infer<typeof smokeOptions>;

/** What the command line adds to the options of the checks. */
export interface Invocation {
  readonly options: SmokeOptions;
  /** File for the results of the checks as JSON. */
  readonly json: string | undefined;
  /** File for the report, and what whoever started the lake adds to it. */
  readonly report: string | undefined;
  readonly secondsToFirstGold: number | null;
  readonly peakMemoryBytes: number | null;
}

const endpointNames = Object.keys(endpointsSchema.shape) as (keyof Endpoints)[];

function command(): Command {
  const cli = new Command("npm run smoke --")
    .description("Follows the data through every hop of a running lake and says where it stops")
    .addOption(
      new Option("--endpoints <file>", "JSON with the lake's addresses, as `npm start` writes it")
        .env("SMOKE_ENDPOINTS")
        .default(".lake/endpoints.json"),
    );
  for (const name of endpointNames)
    cli.addOption(
      new Option(`--${name} <address>`, `instead of ${name} in the file`).env(`SMOKE_${name.toUpperCase()}`),
    );
  return cli
    .addOption(new Option("--kafka-user <name>", "user of Kafka (SASL)").env("SMOKE_KAFKA_USER"))
    .addOption(new Option("--kafka-password <text>", "its password").env("SMOKE_KAFKA_PASSWORD"))
    .addOption(
      new Option("--kafka-mechanism <name>", "SASL mechanism: plain, scram-sha-256 or scram-sha-512")
        .env("SMOKE_KAFKA_MECHANISM")
        .default("scram-sha-512"),
    )
    .addOption(
      new Option(
        "--kafka-authority <file>",
        "PEM of the authority of Kafka's certificates; turns TLS on",
      ).env("SMOKE_KAFKA_AUTHORITY"),
    )
    .addOption(
      new Option("--clickhouse-user <name>", "user of ClickHouse")
        .env("SMOKE_CLICKHOUSE_USER")
        .default("default"),
    )
    .addOption(
      new Option("--clickhouse-password <text>", "its password").env("SMOKE_CLICKHOUSE_PASSWORD").default(""),
    )
    .addOption(new Option("--checks <names>", `some of ${hops.join(",")}`).env("SMOKE_CHECKS"))
    .addOption(new Option("--no-probe", "send no events of its own"))
    .addOption(
      new Option("--settled", "the sources have stopped and all has come through: counts must be equal")
        .env("SMOKE_SETTLED")
        .default(false),
    )
    .addOption(
      new Option("--trigger <seconds>", "bronze's trigger (default: as observed)").env("SMOKE_TRIGGER"),
    )
    .addOption(
      new Option("--every <seconds>", "silver's and gold's interval (default: as observed)").env(
        "SMOKE_EVERY",
      ),
    )
    .addOption(
      new Option("--freshness <seconds>", "largest 95th percentile from Kafka to ClickHouse")
        .env("SMOKE_FRESHNESS")
        .default("300"),
    )
    .addOption(
      new Option("--quarantine <share>", "largest share of a topic in quarantine")
        .env("SMOKE_QUARANTINE")
        .default("1"),
    )
    .option("--json <file>", "write the results as JSON")
    .option("--report <file>", "write the results and the lake's figures as JSON")
    .option(
      "--seconds-to-first-gold <n>",
      "for the report: from the start to the first gold row in ClickHouse",
    )
    .option("--peak-memory-bytes <n>", "for the report: most memory that all processes held at once")
    .allowExcessArguments(false);
}

const flags = z.object({
  endpoints: z.string(),
  ...Object.fromEntries(endpointNames.map((name) => [name, z.string().optional()])),
  kafkaUser: z.string().optional(),
  kafkaPassword: z.string().optional(),
  kafkaMechanism: z.string(),
  kafkaAuthority: z.string().optional(),
  clickhouseUser: z.string(),
  clickhousePassword: z.string(),
  checks: z.string().optional(),
  probe: z.boolean(),
  settled: z.union([z.boolean(), z.string()]),
  trigger: z.string().optional(),
  every: z.string().optional(),
  freshness: z.string(),
  quarantine: z.string(),
  json: z.string().optional(),
  report: z.string().optional(),
  secondsToFirstGold: z.coerce.number().nonnegative().nullable().default(null),
  peakMemoryBytes: z.coerce.number().nonnegative().nullable().default(null),
});

function endpointsFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as unknown;
  } catch (error) {
    throw new Error(
      `can't read the lake's addresses from ${path}: ${(error as Error).message}; ` +
        "start the lake with `npm start`, or name the file with --endpoints",
    );
  }
}

/** Reads the words of the command line, and the environment for what they leave out. Throws what is wrong, in one line. */
export function parseInvocation(words: readonly string[]): Invocation {
  const given: Record<string, unknown> = command()
    .parse([...words], { from: "user" })
    .opts();
  const flag = flags.parse(given);
  const named = Object.fromEntries(
    endpointNames.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]),
  );
  const complete = endpointNames.every((name) => name in named);
  const chosen = flag.checks?.split(",").map((name) => name.trim()) ?? [...hops];
  const parsed = smokeOptions.safeParse({
    endpoints: { ...(complete ? {} : (endpointsFile(flag.endpoints) as object)), ...named },
    kafka: {
      ...(flag.kafkaUser !== undefined && {
        sasl: {
          mechanism: flag.kafkaMechanism,
          username: flag.kafkaUser,
          password: flag.kafkaPassword ?? "",
        },
      }),
      ...(flag.kafkaAuthority !== undefined && { authority: readFileSync(flag.kafkaAuthority, "utf8") }),
    },
    clickhouse: { username: flag.clickhouseUser, password: flag.clickhousePassword },
    checks: chosen.filter((name) => flag.probe || name !== "probe"),
    settled: flag.settled === true || flag.settled === "1" || flag.settled === "true",
    triggerSeconds: flag.trigger,
    everySeconds: flag.every,
    freshnessSeconds: flag.freshness,
    quarantineShare: flag.quarantine,
  });
  const { json, report, secondsToFirstGold, peakMemoryBytes } = flag;
  if (parsed.success) return { options: parsed.data, json, report, secondsToFirstGold, peakMemoryBytes };
  const issue = parsed.error.issues[0];
  throw new Error(`option ${issue?.path.join(".")}: ${issue?.message}`);
}

/** What `runSmoke` hands to the process that runs the checks. */
export interface Assignment {
  readonly options: SmokeOptions;
  /** Folder in which the outcomes of this run are kept. */
  readonly folder: string;
}

const optionsVariable = "SMOKE_OPTIONS";
const folderVariable = "SMOKE_FOLDER";

export function assignmentEnvironment({ options, folder }: Assignment): NodeJS.ProcessEnv {
  return { ...process.env, [optionsVariable]: JSON.stringify(options), [folderVariable]: folder };
}

export function readAssignment(): Assignment {
  const options = process.env[optionsVariable];
  const folder = process.env[folderVariable];
  if (options === undefined || folder === undefined)
    throw new Error("the checks were started without options: run them by `npm run smoke`");
  return { options: smokeOptions.parse(JSON.parse(options)), folder };
}
