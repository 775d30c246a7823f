import { z } from "zod";
import { eventTopics } from "./events";

/** Headers of a record that was corrected and sent again. */
export const resentHeaders = {
  /** The refused record, as `topic/partition/offset`. */
  from: "resent-from",
  /** Who sent it again. */
  by: "resent-by",
} as const;

const count = z.number().int().nonnegative();

/** Somebody's attempt to send a refused record again: `resent/<topic>/<record>.attempt-<n>.json`. */
export const resendAttempt = z.object({
  by: z.string(),
  at: z.iso.datetime(),
  /** The corrected value. */
  value: z.string(),
  /** By partition: the next offset before it was sent, from which it can be found. */
  offsets: z.record(z.string().regex(/^\d+$/), count),
});

/** Where a refused record is after it was sent again: `resent/<topic>/<record>.sent.json`. */
export const resentRecord = z.object({
  by: z.string(),
  at: z.iso.datetime(),
  topic: z.enum(eventTopics),
  partition: count,
  offset: count,
});

export type ResendAttempt = z.infer<typeof resendAttempt>;
export type ResentRecord = z.infer<typeof resentRecord>;
