import type { EventTopic } from "../../lake/events";
import { countOffsets, stretchesOf, type BronzeCommit } from "../../lake/records";
import { withoutRow } from "./progress";

/**
 * How many records of a topic Kafka had deleted before bronze read them; Infinity when the topic was created again, as
 * its lost records can't be counted. The hop `loss` reports them; the ledger's checks allow no more than these to be
 * missing.
 */
export function lostRecords(bronze: readonly BronzeCommit[], topic: EventTopic): number {
  if (stretchesOf(bronze, topic).length > 1) return Infinity;
  return countOffsets([...withoutRow(bronze, topic, "lost").values()].flat());
}

/** The words about lost records in a check's figure; empty when none was lost. */
export function saidOfLost(lost: number): string[] {
  if (lost === 0) return [];
  return lost === Infinity
    ? ["at most: what is LOST of the topic before it was made anew can't be counted"]
    : [`${lost} LOST, deleted before they were read`];
}
