import { z } from "zod";

const count = z.number().int().nonnegative();

/** Commit record of one publish into ClickHouse, `checkpoints/serve/commits/<publish>.json`. */
export const serveCommit = z.object({
  step: z.literal("serve"),
  publish: count,
  startedAt: z.iso.datetime(),
  committedAt: z.iso.datetime(),
  /** The refine run and the bronze batch that readers of ClickHouse see from now on. */
  refineRun: count,
  bronzeThrough: count,
  snapshot: z.string(),
  /** Rows of each imported gold table after the publish. */
  rows: z.record(z.string(), count),
});

export type ServeCommit = z.infer<typeof serveCommit>;
