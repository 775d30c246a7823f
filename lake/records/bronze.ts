import { z } from "zod";
import { eventTopics, type EventTopic } from "../events";

const count = z.number().int().nonnegative();
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const ofPartition = z.string().regex(/^\d+$/);
const range = z.object({ from: count, until: count });

/** What one micro-batch did with one topic. */
export const bronzeTopic = z.object({
  /** By partition: the first offset read, and the first one not read. */
  offsets: z.record(ofPartition, range),
  /**
   * By partition: those of these offsets that hold no record for a consumer, because of transactions (markers, aborted records) or
   * compaction. Absent, like `lost`, in commit records of older versions, which read a record at each offset.
   */
  skipped: z.record(ofPartition, z.array(range)).optional(),
  /** Offsets whose records Kafka had deleted before they were read. */
  lost: z.record(ofPartition, z.array(range)).optional(),
  bronzeRows: count,
  quarantineRows: count,
  /** Rows of bronze by UTC day of event_time. */
  eventDays: z.record(day, count),
  /** Rows, bronze and quarantine, by second of arrival in Kafka (seconds since 1970). */
  arrivals: z.record(z.string().regex(/^\d+$/), count),
  /** Paths of both layers' files, under the lake's root. */
  files: z.array(z.string()),
});

/** A topic that was deleted and created again, or whose newest records Kafka has lost: it is read from its beginning again. */
const topicReadAnew = z.object({
  /** Kafka's id of the topic. */
  id: z.string(),
  /** The id of the topic that was read before; the same if Kafka has lost a part of it. */
  wasId: z.string().nullable(),
  /** By partition: the first offset of the topic read before that was not read. Its records from there on are lost. */
  readUntil: z.record(ofPartition, count),
});

/** Commit record of one bronze micro-batch, `checkpoints/bronze/commits/<batchId>.json`. Only topics with new records are in it. */
export const bronzeCommit = z.object({
  step: z.literal("bronze"),
  batchId: count,
  startedAt: z.iso.datetime(),
  committedAt: z.iso.datetime(),
  topics: z.partialRecord(z.enum(eventTopics), bronzeTopic),
  /** Only in a batch without rows: from here on, an offset of these topics identifies a different record than before. */
  readAnew: z.partialRecord(z.enum(eventTopics), topicReadAnew).optional(),
});

export type BronzeCommit = z.infer<typeof bronzeCommit>;
export type BronzeTopic = z.infer<typeof bronzeTopic>;

/**
 * The topic's commit records, ascending, in groups: within a group an offset identifies one record. All groups but the last are of
 * topics that no longer exist.
 */
export function stretchesOf(records: readonly BronzeCommit[], topic: EventTopic): BronzeCommit[][] {
  const stretches: BronzeCommit[][] = [[]];
  for (const record of records)
    if (record.readAnew?.[topic]) stretches.push([record]);
    else stretches.at(-1)?.push(record);
  return stretches;
}

/** The commit records about the topic as it exists now. */
export function ofTopicNow(records: readonly BronzeCommit[], topic: EventTopic): readonly BronzeCommit[] {
  return stretchesOf(records, topic).at(-1) ?? [];
}

/** The first offset of the range, and the first after it. */
export type OffsetRange = Readonly<z.infer<typeof range>>;

/** Number of offsets in ranges that do not overlap. */
export function countOffsets(ranges: Iterable<OffsetRange>): number {
  return [...ranges].reduce((sum, { from, until }) => sum + until - from, 0);
}

/** Number of offsets that are `skipped` or `lost`. */
export function offsetsIn(byPartition: BronzeTopic["skipped"]): number {
  return countOffsets(Object.values(byPartition ?? {}).flat());
}
