import type { Layout } from "../../lake/layout";
import type { WebHdfs } from "./webhdfs";
import { heldPartitions, type HeldPartition } from "../../lake/records/held";

/** Partitions that waited for a transaction to end when bronze last looked. */
export async function readHeld(hdfs: WebHdfs, { held }: Layout): Promise<readonly HeldPartition[]> {
  try {
    return heldPartitions.optional().parse(await hdfs.readJsonIfThere(held))?.partitions ?? [];
  } catch (error) {
    // Bronze may be writing it just now.
    if (error instanceof Error && error.cause instanceof SyntaxError) return [];
    throw error;
  }
}
