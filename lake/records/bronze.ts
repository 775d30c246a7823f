import { z } from "zod";
import { eventTopics } from "../events";

const count = z.number().int().nonnegative();
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** What one micro-batch did with one topic. */
export const bronzeTopic = z.object({
  /** By partition: the first offset read, and the first one not read. */
  offsets: z.record(z.string().regex(/^\d+$/), z.object({ from: count, until: count })),
  bronzeRows: count,
  quarantineRows: count,
  /** Rows of bronze by UTC day of event_time. */
  eventDays: z.record(day, count),
  /** Rows, bronze and quarantine, by second of arrival in Kafka (seconds since 1970). */
  arrivals: z.record(z.string().regex(/^\d+$/), count),
  /** Paths under the lake's root, of both layers. */
  files: z.array(z.string()),
});

/** Commit record of one bronze micro-batch, `checkpoints/bronze/commits/<batchId>.json`. Only topics with new records are in it. */
export const bronzeCommit = z.object({
  step: z.literal("bronze"),
  batchId: count,
  startedAt: z.iso.datetime(),
  committedAt: z.iso.datetime(),
  topics: z.partialRecord(z.enum(eventTopics), bronzeTopic),
});

export type BronzeCommit = z.infer<typeof bronzeCommit>;
