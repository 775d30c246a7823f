import { z } from "zod";
import { eventTopics } from "../events";

const count = z.number().int().nonnegative();

/** Kept as `checkpoints/bronze/held.json` while partitions of Kafka wait for a transaction to end. */
export const heldPartitions = z.object({
  partitions: z.array(
    z.object({
      topic: z.enum(eventTopics),
      partition: count,
      /** First offset of the open transaction: consumers can't read past it. */
      offset: count,
      /** Number of offsets from there to Kafka's end. */
      offsetsBehind: count,
    }),
  ),
});

export type HeldPartition = z.infer<typeof heldPartitions>["partitions"][number];
