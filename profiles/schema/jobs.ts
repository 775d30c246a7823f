import { z } from "zod";
import { size, sparkSize } from "./size";
import { clusterId, share, switchedOn, whole } from "./words";

const driverAndExecutors = {
  driver: sparkSize,
  executor: sparkSize,
  executors: whole(0, 1000).describe(
    "number of executors; 0: the driver does the work itself, on its own cores",
  ),
};

export const bronze = z.strictObject({
  ...driverAndExecutors,
  triggerSeconds: whole(1, 3600).describe("interval between micro-batches"),
  maxRecordsPerBatch: whole(1, 100_000_000),
  acceptKafka: clusterId
    .nullable()
    .describe("cluster id of a Kafka that replaces the one that the lake has read so far; null: none"),
});

const runs = {
  ...driverAndExecutors,
  everySeconds: whole(1, 86_400).describe("interval between the starts of two runs"),
  shufflePartitions: whole(1, 10_000),
};

export const silver = z.strictObject({
  ...runs,
  dimensionsEverySeconds: whole(1, 86_400).describe(
    "how long a new customer or merchant may wait for silver's dimensions",
  ),
});

export const gold = z.strictObject({
  ...runs,
  lateEverySeconds: whole(1, 86_400).describe(
    "how long new rows may wait for gold if their day gets few rows",
  ),
});

export const eventsim = z.strictObject({
  enabled: switchedOn.describe("false if real producers send the events"),
  size,
  seed: whole(0, 4_294_967_295),
  recordsPerSecond: whole(1, 1_000_000),
  customers: whole(1, 5_000_000),
  malformed: share(),
  duplicates: share(),
  late: share(),
});

export const serve = z.strictObject({
  size,
  graceSeconds: whole(1, 86_400).describe(
    "how long a snapshot of gold is kept after no table reads it any more; must exceed the longest query",
  ),
  pollSeconds: whole(1, 3600),
  checkSeconds: whole(1, 86_400).describe("interval between full comparisons of the two ClickHouse paths"),
});

export const smoke = z.strictObject({
  size,
  freshnessSeconds: whole(1, 86_400).describe(
    "largest allowed 95th percentile of the time from Kafka to ClickHouse",
  ),
  deadlineSeconds: whole(60, 86_400).describe("the checks are stopped and fail after this time"),
});

/** The shortest time within which an application can commit something after its start. */
const leastStaleSeconds = 60;

export const watchdog = z.strictObject({
  enabled: switchedOn.describe("false if something else restarts a stuck bronze, silver or gold"),
  size,
  everyMinutes: whole(1, 59).describe("interval between checks"),
  staleSeconds: whole(leastStaleSeconds, 86_400).describe(
    "an application is restarted when data has waited this long and it has committed nothing; must exceed the longest start, batch and run",
  ),
});

export type SparkJob = z.infer<typeof bronze> | z.infer<typeof silver> | z.infer<typeof gold>;
