import { z } from "zod";
import { size, sparkSize } from "./size";
import { clusterId, share, switchedOn, whole } from "./words";

const driverAndExecutors = {
  driver: sparkSize,
  executor: sparkSize,
  executors: whole(0, 1000).describe("0: the driver does the work itself, on its own cores"),
};

export const bronze = z.strictObject({
  ...driverAndExecutors,
  triggerSeconds: whole(1, 3600).describe("from one batch to the next"),
  maxRecordsPerBatch: whole(1, 100_000_000),
  acceptKafka: clusterId
    .nullable()
    .describe(
      "cluster id of a Kafka that takes the place of the one that the lake has read; null: none does",
    ),
});

const runs = {
  ...driverAndExecutors,
  everySeconds: whole(1, 86_400).describe("from one run's start to the next"),
  shufflePartitions: whole(1, 10_000),
};

export const silver = z.strictObject({
  ...runs,
  dimensionsEverySeconds: whole(1, 86_400).describe("how long a new customer or merchant may wait"),
});

export const gold = z.strictObject({
  ...runs,
  lateEverySeconds: whole(1, 86_400).describe("how long rows of days that get few of them may wait"),
});

export const eventsim = z.strictObject({
  enabled: switchedOn.describe("off where real producers send"),
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
  graceSeconds: whole(1, 86_400).describe("how long a snapshot outlives the last table that names it"),
  pollSeconds: whole(1, 3600),
  checkSeconds: whole(1, 86_400).describe("how often both ClickHouse paths are compared in full"),
});

export const smoke = z.strictObject({
  size,
  freshnessSeconds: whole(1, 86_400).describe("largest 95th percentile from Kafka to ClickHouse"),
  deadlineSeconds: whole(60, 86_400).describe("the checks are given up after so long"),
});

/** The shortest time in which an application that starts can commit something. */
const leastStaleSeconds = 60;

export const watchdog = z.strictObject({
  enabled: switchedOn.describe("off where somebody else restarts a stuck bronze, silver or gold"),
  size,
  everyMinutes: whole(1, 59).describe("how often it looks"),
  staleSeconds: whole(leastStaleSeconds, 86_400).describe(
    "data wait so long and nothing is committed: the application is restarted. More than the longest start, batch and run",
  ),
});

export type SparkJob = z.infer<typeof bronze> | z.infer<typeof silver> | z.infer<typeof gold>;
