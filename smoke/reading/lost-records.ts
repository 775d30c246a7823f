import type { EventTopic } from "../../lake/events";
import { countOffsets, stretchesOf, type BronzeCommit } from "../../lake/records";
import { withoutRow } from "./progress";

/**
 * How many records of a topic Kafka had deleted before bronze came to them; Infinity where it was made anew, as nobody can count
 * what it held. The hop `loss` tells of them: the ledger's checks miss no more than these.
 */
export function lostRecords(bronze: readonly BronzeCommit[], topic: EventTopic): number {
  if (stretchesOf(bronze, topic).length > 1) return Infinity;
  return countOffsets([...withoutRow(bronze, topic, "lost").values()].flat());
}

/** In a figure's words. */
export function saidOfLost(lost: number): string[] {
  if (lost === 0) return [];
  return lost === Infinity
    ? ["at most: what is LOST of the topic before it was made anew can't be counted"]
    : [`${lost} LOST, deleted before they were read`];
}
