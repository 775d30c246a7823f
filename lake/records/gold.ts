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
    /** Of the days that carry nearly all new rows, rows up to this run are in gold. */
    silver: run,
    /** Of all days. */
    late: run,
    /** Of tables with lifetime figures. */
    lifetime: run,
  }),
  /** The bronze batches that the watermarks stand for. */
  bronze: z.object({ silver: run, late: run, lifetime: run }),
  /** Events of silver's facts that are in gold. */
  events: count,
  /** Days that have rows between the watermarks `late` and `silver` which are not in gold yet. */
  pendingDays: z.array(day),
  /** Name of the HDFS snapshot of gold that holds the result. */
  snapshot: z.string(),
  /** By gold table: the days that changed, or `all` for a table without days. */
  changed: z.record(z.string(), z.union([z.literal("all"), z.array(day)])),
  /** Rows by gold table, of what is in `changed`; counted in the files. */
  rows: z.record(z.string(), count),
  tests: z.object({ passed: count, warned: count }),
});

export type GoldCommit = z.infer<typeof goldCommit>;
