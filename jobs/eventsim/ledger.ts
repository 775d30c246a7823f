import { futureLimitHours, lateLimitDays } from "../../lake/limits";
import type { EventTopic } from "../../lake/events";
import type { LedgerEntry } from "../../lake/ledger";
import type { EventRecord } from "./record";

const hourMs = 3_600_000;

/** Figures of one topic over the whole run. */
export interface TopicTotals {
  sent: number;
  malformed: number;
  duplicates: number;
  late: number;
}

/** Whether silver and gold leave an event out because of its times, both in ms since 1970. */
export function rejected(eventTime: number, arrival: number): boolean {
  return arrival - eventTime > lateLimitDays * 24 * hourMs || eventTime - arrival > futureLimitHours * hourMs;
}

/** What a source has sent, by topic and event hour. */
export class Ledger {
  readonly totals: Partial<Record<EventTopic, TopicTotals>> = {};
  sent = 0;
  private readonly entries = new Map<EventTopic, Map<number, LedgerEntry>>();
  private readonly changed = new Set<LedgerEntry>();

  constructor(readonly source: string) {}

  /** @param arrival when the record reached the sink, ms since 1970, which decides whether the event is too late */
  count(record: EventRecord, arrival: number): void {
    const entry = this.entry(record.topic, Math.floor(record.eventTime / hourMs));
    const totals = (this.totals[record.topic] ??= { sent: 0, malformed: 0, duplicates: 0, late: 0 });
    this.sent++;
    totals.sent++;
    this.changed.add(entry);
    if (record.class === "malformed") {
      entry.malformed++;
      totals.malformed++;
    } else if (record.class === "duplicate") {
      entry.duplicate++;
      totals.duplicates++;
    } else {
      entry.good++;
      if (record.late) totals.late++;
      if (rejected(record.eventTime, arrival)) entry.tooLate++;
      else if (record.late) entry.late++;
    }
  }

  get hasChanged(): boolean {
    return this.changed.size > 0;
  }

  /** Copies of the entries that have changed since the last call. */
  takeChanged(): LedgerEntry[] {
    const taken = [...this.changed].map((entry) => ({ ...entry }));
    this.changed.clear();
    return taken;
  }

  all(): LedgerEntry[] {
    return [...this.entries.values()].flatMap((hours) => [...hours.values()]);
  }

  private entry(topic: EventTopic, hour: number): LedgerEntry {
    let hours = this.entries.get(topic);
    if (!hours) this.entries.set(topic, (hours = new Map<number, LedgerEntry>()));
    let entry = hours.get(hour);
    if (!entry) {
      const eventHour = new Date(hour * hourMs).toISOString().slice(0, 13);
      const { source } = this;
      entry = { source, topic, eventHour, good: 0, malformed: 0, duplicate: 0, late: 0, tooLate: 0 };
      hours.set(hour, entry);
    }
    return entry;
  }
}
