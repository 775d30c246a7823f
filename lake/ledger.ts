import { z } from "zod";
import { eventTopics } from "./events";

const count = z.number().int().nonnegative();

/**
 * Counts for one source, topic and event hour, of all records that the source has sent and Kafka has acknowledged.
 * A newer record of the same key replaces an older one.
 *
 * records in Kafka = good + malformed + duplicate; quarantine = malformed; bronze = good + duplicate;
 * silver = good - tooLate. `late` and `tooLate` are parts of good.
 */
export const ledgerEntry = z.object({
  source: z.string().min(1),
  topic: z.enum(eventTopics),
  /** UTC hour of event_time, `YYYY-MM-DDTHH`; for a malformed record, of the event that it was made from. */
  eventHour: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}$/),
  good: count,
  malformed: count,
  duplicate: count,
  late: count,
  tooLate: count,
});

/** Sent once by a source that stopped cleanly: its entries are complete. */
export const ledgerEnd = z.object({ source: z.string().min(1), endedAt: z.iso.datetime() });

export type LedgerEntry = z.infer<typeof ledgerEntry>;
export type LedgerEnd = z.infer<typeof ledgerEnd>;

export function ledgerEntryKey(entry: Pick<LedgerEntry, "source" | "topic" | "eventHour">): string {
  return `${entry.source}/${entry.topic}/${entry.eventHour}`;
}

export function ledgerEndKey(source: string): string {
  return `${source}/end`;
}

/** Kafka header of every record: the ledger source that sent it. A record without it is from a producer that keeps no ledger. */
export const sourceHeader = "source";
