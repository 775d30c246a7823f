import { z } from "zod";

/** Left as `checkpoints/<step>/failure.json` while the newest run of silver or gold failed; removed by the next good one. */
export const runFailure = z.object({
  step: z.enum(["silver", "gold"]),
  run: z.number().int().nonnegative(),
  failedAt: z.iso.datetime(),
  /** Models or tests that failed, and what they said. */
  failed: z.array(z.object({ name: z.string(), message: z.string() })),
});

export type RunFailure = z.infer<typeof runFailure>;
