import { lateLimitDays } from "../../../lake/limits";
import type { TransactionEvent } from "../../../lake/events";
import type { FraudTruth } from "../../../lake/fraud";
import type { Draft } from "../customers/customer";
import { hash, share } from "../random/hash";
import type { EventRecord } from "../record";
import { malformedKind, malformedValue } from "./malformed";

/** Shares of events, 0 to 1. */
export interface FaultShares {
  readonly malformed: number;
  readonly duplicates: number;
  readonly late: number;
  readonly tooLate: number;
}

const dayMs = 86_400_000;
const lateMs = [60_000, 2 * dayMs] as const;

/** An hour beyond the limit leaves room for slow records. */
const tooLateMs = [lateLimitDays * dayMs + 3_600_000, 30 * dayMs] as const;

/** A copy of a record follows within this time, ms. */
const longestEchoMs = 30_000;

/** Uses of an event's hash, so that each decision is independent of the others. */
const about = { malformed: 1, kind: 2, field: 3, late: 4, lateness: 5, duplicate: 6, echo: 7 };

/** A record, and the time at which a copy of it is sent, if any. */
export interface Faulty {
  readonly record: EventRecord;
  readonly echoAt: number | undefined;
}

/** Decides an event's faults from the event alone, so that the same event always has the same faults. */
export class Faults {
  private readonly salt: number;

  constructor(
    private readonly shares: FaultShares,
    seed: number,
    from: number,
  ) {
    this.salt = hash(seed, from);
  }

  apply(draft: Draft): Faulty {
    const { topic, event, time } = draft;
    const key = event.customer_id;
    if (this.draw(draft, about.malformed) < this.shares.malformed) {
      const kind = malformedKind(this.draw(draft, about.kind));
      const value = malformedValue(draft, kind, this.draw(draft, about.field));
      const record = { topic, key, value, class: "malformed", late: false, eventTime: time, time } as const;
      return { record, echoAt: undefined };
    }
    const backMs = this.lateness(this.draw(draft, about.late), this.draw(draft, about.lateness));
    if (backMs > 0) event.event_time = new Date(time - backMs).toISOString();
    const record: EventRecord = {
      topic,
      key,
      value: JSON.stringify(event),
      class: "good",
      late: backMs > 0,
      eventTime: time - backMs,
      time,
      fraud: draft.fraud && truthOf(event as TransactionEvent, draft.fraud),
    };
    const copied = this.draw(draft, about.duplicate) < this.shares.duplicates;
    const echoAt = copied ? time + Math.floor(this.draw(draft, about.echo) * longestEchoMs) : undefined;
    return { record, echoAt };
  }

  /** Uniform in [0, 1), another for each use. */
  private draw({ customer, sequence }: Draft, use: number): number {
    return share(this.salt + use, customer, sequence);
  }

  /** How far an event's time is moved back, ms. */
  private lateness(which: number, howMuch: number): number {
    const { late, tooLate } = this.shares;
    if (which >= late + tooLate) return 0;
    const [low, high] = which < late ? lateMs : tooLateMs;
    return Math.round(low + (high - low) * howMuch);
  }
}

function truthOf(event: TransactionEvent, kind: NonNullable<Draft["fraud"]>): FraudTruth {
  const { event_id, event_time, customer_id, merchant_id } = event;
  return { event_id, event_time, customer_id, merchant_id, kind };
}
