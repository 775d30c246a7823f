import { z } from "zod";

const count = z.number().int().nonnegative();

/** Commit record of one publish into ClickHouse, `checkpoints/serve/commits/<publish>.json`. */
export const serveCommit = z.object({
  step: z.literal("serve"),
  publish: count,
  startedAt: z.iso.datetime(),
  committedAt: z.iso.datetime(),
  /** The run of gold that ClickHouse shows after the publish, and the bronze batch up to which it has new rows. */
  goldRun: count,
  bronzeThrough: z.number().int().min(-1),
  snapshot: z.string(),
  /** Rows of each imported gold table after the publish. */
  rows: z.record(z.string(), count),
});

export type ServeCommit = z.infer<typeof serveCommit>;
