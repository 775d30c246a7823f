import { z } from "zod";
import { eventTopics } from "../events";
import { exclusionReasons, type ExclusionReason } from "../tables";

const count = z.number().int().nonnegative();
const day = z.iso.date();
const reasons = Object.keys(exclusionReasons) as ExclusionReason[];

/** Commit record of one run of silver, `checkpoints/silver/commits/<run>.json`. */
export const silverCommit = z.object({
  step: z.literal("silver"),
  run: count,
  startedAt: z.iso.datetime(),
  committedAt: z.iso.datetime(),
  /** The watermark: every bronze batch up to this one is in silver; -1 before the first. */
  bronzeThrough: z.number().int().min(-1),
  /** Files that the run added, by table that is appended to and by day; paths under the lake's root. */
  added: z.record(z.string(), z.record(day, z.array(z.string()))),
  /** Rows that the run added, by fact and day. */
  rows: z.record(z.string(), z.record(day, count)),
  /** The one file of each table that is written as a whole, as it is after the run. */
  whole: z.record(z.string(), z.string()),
  /** Files that went out of their tables, with their place now: gold finds them there while it has not taken them. */
  retired: z.record(z.string(), z.string()),
  /** Rows of the batches read that silver does not hold, by topic and reason. */
  excluded: z.partialRecord(z.enum(eventTopics), z.partialRecord(z.enum(reasons), count)),
  /** The run up to which rows are in the dimensions, and the state of the catalogue that they were built from. */
  dimensionsThrough: z.number().int().min(-1),
  catalogue: z.string(),
  /** Transactions that wait for a rate of exchange, after the run. */
  waiting: count,
  tests: z.object({ passed: count, warned: count }),
});

export type SilverCommit = z.infer<typeof silverCommit>;
