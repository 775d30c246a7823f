import { z } from "zod";

/** Stored as `checkpoints/<step>/failure.json` when a run of silver or gold fails; the next successful run removes it. */
export const runFailure = z.object({
  step: z.enum(["silver", "gold"]),
  run: z.number().int().nonnegative(),
  failedAt: z.iso.datetime(),
  /** Models or tests that failed, with their messages. */
  failed: z.array(z.object({ name: z.string(), message: z.string() })),
});

export type RunFailure = z.infer<typeof runFailure>;
