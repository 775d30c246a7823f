import { z } from "zod";
import { hdfsUser, kafkaBrokers, webhdfsAddresses } from "../../lake/endpoints";
import { checkedOptions } from "../../command-line/checked-options";
import { refusal } from "../../command-line/refusal";
import { UsageError } from "../../command-line/usage-error";
import { kafkaLoginShape, readKafkaLogin } from "../kafka/login";
import type { KafkaSecurity } from "../kafka/security";
import { firstRateDay, lastRateDay } from "./catalogue/exchange-rates";

/** Late events are moved back by up to 30 days, and each day needs its exchange rates. */
export const firstFrom = new Date(Date.parse(firstRateDay) + 31 * 86_400_000).toISOString();
export const lastTo = `${lastRateDay}T00:00:00.000Z`;

const sinks = ["kafka", "file", "stdout"] as const;
const importSinks = ["kafka", "stdout"] as const;

/** The allowed values of each option, for error messages. */
const allowed: Readonly<Record<string, string>> = {
  seed: "a whole number from 0 to 4294967295",
  users: "a whole number from 1 to 5000000",
  rate: "a number from 0.1 to 1000000",
  from: `an ISO 8601 day, or time with zone, from ${firstFrom} on`,
  to: `an ISO 8601 day, or time with zone, after --from and not after ${lastTo}`,
  malformed: "a share from 0 to 1",
  duplicates: "a share from 0 to 1",
  late: "a share from 0 to 1",
  tooLate: "a share from 0 to 1; together with --late at most 1",
  growth: "a number from 0 to 100",
  sink: sinks.join(", "),
  kafka: "host:port, several by comma",
  file: "a folder",
  shard: "i/n with i from 1 to n",
  source: "1 to 200 of letters, digits, '.', '_' and '-'",
  shiftDays: "a whole number from -36500 to 36500",
  for: "a number of seconds from 0.1 to 31536000",
  webhdfs: "http://host:port, one for each NameNode by comma",
  hdfsUser: "a user's name, of a-z, 0-9, '_' and '-'",
  lake: "an absolute path",
};

const share = z.coerce.number().min(0).max(1);

const time = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()])
  .transform((text) => Date.parse(text))
  .refine((at) => at >= Date.parse(firstFrom) && at <= Date.parse(lastTo));

const shard = z
  .string()
  .regex(/^[1-9]\d{0,4}\/[1-9]\d{0,4}$/)
  .transform((text) => {
    const [part = 0, of = 0] = text.split("/").map(Number);
    return { part, of };
  })
  .refine(({ part, of }) => part <= of);

const kafkaOptions = {
  kafka: kafkaBrokers.optional(),
  ...kafkaLoginShape,
};

const runOptions = z.object({
  seed: z.coerce.number().int().min(0).max(4_294_967_295),
  users: z.coerce.number().int().min(1).max(5_000_000).optional(),
  rate: z.coerce.number().min(0.1).max(1_000_000).optional(),
  from: time.optional(),
  to: time.optional(),
  malformed: share,
  duplicates: share,
  late: share,
  tooLate: share,
  growth: z.coerce.number().min(0).max(100),
  sink: z.enum(sinks),
  ...kafkaOptions,
  file: z.string().min(1).optional(),
  shard,
  source: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,200}$/)
    .optional(),
  for: z.coerce.number().min(0.1).max(31_536_000).optional(),
  progress: z.boolean(),
});

const importOptions = z.object({
  sink: z.enum(importSinks),
  shiftDays: z.coerce.number().int().min(-36_500).max(36_500).optional(),
  ...kafkaOptions,
});

const publishOptions = z.object({
  webhdfs: webhdfsAddresses,
  hdfsUser,
  lake: z.string().regex(/^(\/[A-Za-z0-9._-]+)+$/),
});

export type RunOptions = z.infer<typeof runOptions> & {
  /** The contents of the files of `--kafka-password-file` and `--kafka-ca`. */
  readonly kafkaSecurity: KafkaSecurity;
};
export type ImportOptions = z.infer<typeof importOptions> & {
  /** Files with lines of eventsim or Sparkify. */
  readonly files: readonly string[];
  readonly kafkaSecurity: KafkaSecurity;
};
export type PublishOptions = z.infer<typeof publishOptions>;

function refuse(option: string, got: unknown, why = "", values = allowed[option] ?? "a text"): never {
  throw new UsageError(refusal(option, got, values, why));
}

function checked<S extends z.ZodType>(schema: S, given: Readonly<Record<string, unknown>>): z.infer<S> {
  return checkedOptions(schema, given, allowed);
}

/** @param given the command line's values by option, from commander */
export function checkRunOptions(given: Readonly<Record<string, unknown>>): RunOptions {
  const options = checked(runOptions, given);
  const { from, to } = options;
  if (options.late + options.tooLate > 1)
    refuse("tooLate", given["tooLate"], ` beside --late ${options.late}`);
  if (from === undefined && to !== undefined) refuse("from", undefined, " beside --to");
  if (from !== undefined && to === undefined) refuse("to", undefined, " beside --from");
  if (from !== undefined && to !== undefined && to <= from) refuse("to", given["to"]);
  if (options.sink === "kafka" && options.kafka === undefined)
    refuse("kafka", undefined, " with --sink kafka");
  if (options.sink === "file" && options.file === undefined) refuse("file", undefined, " with --sink file");
  if (options.shard.of > (options.users ?? Infinity))
    refuse("shard", given["shard"], ` for ${options.users} customers`);
  return { ...options, kafkaSecurity: readKafkaLogin(options) };
}

/**
 * @param files at least one
 * @param given the command line's values by option, from commander
 */
export function checkImportOptions(
  files: readonly string[],
  given: Readonly<Record<string, unknown>>,
): ImportOptions {
  if (!importSinks.some((sink) => sink === given["sink"]))
    refuse("sink", given["sink"], "", importSinks.join(", "));
  const options = checked(importOptions, given);
  if (options.sink === "kafka" && options.kafka === undefined)
    refuse("kafka", undefined, " with --sink kafka");
  return { ...options, files, kafkaSecurity: readKafkaLogin(options) };
}

export function checkPublishOptions(given: Readonly<Record<string, unknown>>): PublishOptions {
  return checked(publishOptions, given);
}
