import type { EventTopic } from "../../lake/events";
import type { FraudTruth } from "../../lake/fraud";

/** How a record counts in the ledger. */
export type RecordClass = "good" | "malformed" | "duplicate";

/** What is sent to an event topic. */
export interface EventRecord {
  readonly topic: EventTopic;
  /** The customer's id. */
  readonly key: string;
  /** JSON text of an event, or, in a malformed record, any bytes or none. */
  readonly value: string | Buffer | null;
  readonly class: RecordClass;
  /** Whether it says that it happened before it did: a device was offline and its clock was wrong. */
  readonly late: boolean;
  /** What the event's `event_time` says, ms since 1970; of the event it was made from, if malformed. */
  readonly eventTime: number;
  /** When it leaves the device, ms since 1970. */
  readonly time: number;
  /** To be told to the benchmark together with the event. */
  readonly fraud?: FraudTruth | undefined;
}
