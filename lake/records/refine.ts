import { z } from "zod";
import { eventTopics } from "../events";

const count = z.number().int().nonnegative();
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** Commit record of one run of silver and gold, `checkpoints/refine/commits/<run>.json`. */
export const refineCommit = z.object({
  step: z.literal("refine"),
  run: count,
  startedAt: z.iso.datetime(),
  committedAt: z.iso.datetime(),
  /** The watermark: every bronze batch up to this one is in silver and gold. */
  bronzeThrough: count,
  /** Event days that the run rewrote. */
  touchedDays: z.array(day),
  /** First day of the oldest month that is not closed: totals of what was before are kept by month. */
  openFrom: day.optional(),
  /** Name of the HDFS snapshot of gold that holds the result. */
  snapshot: z.string(),
  /** By gold table: the days that changed, or `all` for a table without days. */
  changed: z.record(z.string(), z.union([z.literal("all"), z.array(day)])),
  /** Rows by silver fact, of the touched days, and by gold table, of what is in `changed`; counted in the files. */
  rows: z.record(z.string(), count),
  /** Bronze rows of the batches read that came too late (or from the future) and stay out of silver. */
  rejected: z.partialRecord(z.enum(eventTopics), count),
  tests: z.object({ passed: count, warned: count }),
});

/** Left beside the commits as `checkpoints/refine/failure.json` while the newest run failed; removed by the next good one. */
export const refineFailure = z.object({
  run: count,
  failedAt: z.iso.datetime(),
  bronzeThrough: count,
  /** Models or tests that failed, and what they said. */
  failed: z.array(z.object({ name: z.string(), message: z.string() })),
});

export type RefineCommit = z.infer<typeof refineCommit>;
export type RefineFailure = z.infer<typeof refineFailure>;
