import type { EventTopic } from "../../lake/events";
import type { FraudTruth } from "../../lake/fraud";

/** How a record counts in the ledger. */
export type RecordClass = "good" | "malformed" | "duplicate";

/** A record that is sent to an event topic. */
export interface EventRecord {
  readonly topic: EventTopic;
  /** The customer's id. */
  readonly key: string;
  /** JSON text of an event; in a malformed record any bytes, or null. */
  readonly value: string | Buffer | null;
  readonly class: RecordClass;
  /** Whether its event time was moved back, as by a device that was offline with a wrong clock. */
  readonly late: boolean;
  /** The event's `event_time`, ms since 1970; for a malformed record, that of the event it was made from. */
  readonly eventTime: number;
  /** When it leaves the device, ms since 1970. */
  readonly time: number;
  /** Ground truth about fraud for the benchmark. */
  readonly fraud?: FraudTruth | undefined;
}
