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
  /** Files that the run added, by table that is appended to and by day; paths are under the lake's root. */
  added: z.record(z.string(), z.record(day, z.array(z.string()))),
  /** Rows that the run added, by fact and day. */
  rows: z.record(z.string(), z.record(day, count)),
  /** The single file of each table that is replaced as a whole, as of the end of the run. */
  whole: z.record(z.string(), z.string()),
  /** Files removed from their tables, with their new paths: gold reads them there if it has not processed them yet. */
  retired: z.record(z.string(), z.string()),
  /** Rows of the batches read that are not in silver, by topic and reason. */
  excluded: z.partialRecord(z.enum(eventTopics), z.partialRecord(z.enum(reasons), count)),
  /** The run up to which the dimensions contain rows, and the state of the catalogue that they were built from. */
  dimensionsThrough: z.number().int().min(-1),
  catalogue: z.string(),
  /** Transactions that wait for an exchange rate after the run. */
  waiting: count,
  tests: z.object({ passed: count, warned: count }),
});

export type SilverCommit = z.infer<typeof silverCommit>;
