import { readFileSync } from "node:fs";
import { CommanderError } from "commander";
import { z } from "zod";
import { refusal } from "../command-line/refusal";
import { readSecretFile } from "../command-line/secret-file";
import { UsageError } from "../command-line/usage-error";
import { kafkaSecurity } from "../jobs/kafka/security";
import { command, endpointNames } from "./command";
import { hops } from "./hops";
import { smokeOptions, type SmokeOptions } from "./options";

/** The options of the checks, and what else the command line says. */
export interface Invocation {
  readonly options: SmokeOptions;
  /** File for the results of the checks as JSON. */
  readonly json: string | undefined;
  /** File for the report, and the figures that whoever started the lake adds to it. */
  readonly report: string | undefined;
  readonly secondsToFirstGold: number | null;
  readonly peakMemoryBytes: number | null;
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
  kafkaPasswordFile: text,
  kafkaMechanism: z.string(),
  kafkaCa: text,
  hdfsUser: z.string(),
  clickhouseUser: z.string(),
  clickhousePassword: text,
  clickhousePasswordFile: text,
  checks: text,
  probe: z.boolean(),
  settled: z.boolean(),
  trigger: text,
  every: text,
  freshness: z.string(),
  loss: text,
  quarantine: z.string(),
  json: text,
  report: text,
  secondsToFirstGold: measured,
  peakMemoryBytes: measured,
});

type Flags = z.infer<typeof flags>;

/** Names of options on the command line, by their path in SmokeOptions. */
const flagOfPath: Readonly<Record<string, string>> = {
  "kafka.sasl.mechanism": "kafka-mechanism",
  "kafka.sasl.username": "kafka-user",
  "kafka.sasl.password": "kafka-password",
  "kafka.authority": "kafka-ca",
  hdfsUser: "hdfs-user",
  "clickhouse.username": "clickhouse-user",
  triggerSeconds: "trigger",
  everySeconds: "every",
  freshnessSeconds: "freshness",
  lossHours: "loss",
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
    return refusal(flagOfPath[name] ?? name, input, message);
  });
  throw new UsageError(lines.join("; "));
}

function readText(flag: string, path: string, otherwise: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(`--${flag}: can't read ${path} (${(error as Error).message}): ${otherwise}`);
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
    throw new UsageError(`--endpoints: got ${file}, which is not JSON`);
  }
}

/** The password itself, or the content of its file; never both. */
function passwordOf(
  flag: "kafka-password" | "clickhouse-password",
  given: string | undefined,
  file: string | undefined,
): string | undefined {
  if (file === undefined) return given;
  if (given !== undefined)
    throw new UsageError(refusal(`${flag}-file`, file, "one of the two", ` beside --${flag}`));
  try {
    return readSecretFile(file);
  } catch (error) {
    const why = ` (${(error as Error).message})`;
    throw new UsageError(refusal(`${flag}-file`, file, "a readable file", why));
  }
}

/** Errors don't show the file's content: it may be the wrong file, with a secret in it. */
function authorityOf(path: string): string {
  const content = readText("kafka-ca", path, "allowed: a PEM file");
  if (kafkaSecurity.shape.authority.safeParse(content).success) return content;
  throw new UsageError(refusal("kafka-ca", path, "certificates as PEM", ", which holds no certificate"));
}

function kafkaOf({ kafkaUser, kafkaPassword, kafkaPasswordFile, kafkaMechanism, kafkaCa }: Flags): object {
  const password = passwordOf("kafka-password", kafkaPassword, kafkaPasswordFile);
  if (kafkaUser === undefined && password !== undefined)
    throw new UsageError(refusal("kafka-user", undefined, "the user's name", " beside a password"));
  return {
    ...(kafkaUser !== undefined && {
      sasl: { mechanism: kafkaMechanism, username: kafkaUser, password },
    }),
    ...(kafkaCa !== undefined && { authority: authorityOf(kafkaCa) }),
  };
}

function clickhouseOf({ clickhouseUser, clickhousePassword, clickhousePasswordFile }: Flags): object {
  const password = passwordOf("clickhouse-password", clickhousePassword, clickhousePasswordFile);
  // A ClickHouse user without a password has an empty one.
  return { username: clickhouseUser, password: password ?? "" };
}

/**
 * Reads the words of the command line, and environment variables for options that are not given. Returns `undefined`
 * when only help was asked for. Throws UsageError.
 */
export function parseInvocation(words: readonly string[]): Invocation | undefined {
  const cli = command();
  try {
    cli.parse([...words], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === "commander.helpDisplayed") return undefined;
    throw new UsageError(
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
    hdfsUser: flag.hdfsUser,
    clickhouse: clickhouseOf(flag),
    checks: chosen.filter((name) => flag.probe || name !== "probe"),
    settled: flag.settled,
    triggerSeconds: flag.trigger,
    everySeconds: flag.every,
    freshnessSeconds: flag.freshness,
    lossHours: flag.loss,
    quarantineShare: flag.quarantine,
  });
  return { options, json, report, secondsToFirstGold, peakMemoryBytes };
}
