import { z } from "zod";

const count = z.number().int().nonnegative();
const run = z.number().int().min(-1);
const day = z.iso.date();

/** Commit record of one run of gold, `checkpoints/gold/commits/<run>.json`. */
export const goldCommit = z.object({
  step: z.literal("gold"),
  run: count,
  startedAt: z.iso.datetime(),
  committedAt: z.iso.datetime(),
  /** The watermarks, each a run of silver; -1 before the first. All rows up to `late` are in gold. */
  through: z.object({
    /** Rows up to this run are in gold, for the days with nearly all new rows. */
    silver: run,
    /** The same, for all days. */
    late: run,
    /** The same, for tables with lifetime figures. */
    lifetime: run,
  }),
  /** The bronze batches that the watermarks correspond to. */
  bronze: z.object({ silver: run, late: run, lifetime: run }),
  /** Events of silver's facts that are in gold. */
  events: count,
  /** Days with rows between the watermarks `late` and `silver` that are not in gold yet. */
  pendingDays: z.array(day),
  /** Name of the HDFS snapshot of gold that holds the result. */
  snapshot: z.string(),
  /** By gold table: the days that changed, or `all` for a table without days. */
  changed: z.record(z.string(), z.union([z.literal("all"), z.array(day)])),
  /** Number of rows in what `changed` lists, by gold table; counted in the files. */
  rows: z.record(z.string(), count),
  tests: z.object({ passed: count, warned: count }),
});

export type GoldCommit = z.infer<typeof goldCommit>;
