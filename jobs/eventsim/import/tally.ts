import { futureLimitHours, lateLimitDays } from "../../../lake/limits";
import { rejected } from "../ledger";
import type { ImportedEvent } from "./event-of-line";

const namedPlaces = 5;

/** Counts what became of the lines of an import. */
export class Tally {
  read = 0;
  unreadable = 0;
  private sent = 0;
  private outOfTime = 0;
  private readonly byTopic = new Map<string, number>();
  private readonly leftOut = new Map<string, number>();
  private readonly unreadablePlaces: string[] = [];

  /** @param now when the event was sent, ms since 1970; the lake compares it with the event's time to reject it */
  countEvent({ topic, eventTime }: ImportedEvent, now: number): void {
    this.sent++;
    this.byTopic.set(topic, (this.byTopic.get(topic) ?? 0) + 1);
    if (rejected(eventTime, now)) this.outOfTime++;
  }

  countLeftOut(why: string): void {
    this.leftOut.set(why, (this.leftOut.get(why) ?? 0) + 1);
  }

  countUnreadable(place: string, why: string): void {
    this.unreadable++;
    if (this.unreadablePlaces.length < namedPlaces) this.unreadablePlaces.push(`${place}: ${why}`);
  }

  /** Progress in one line. */
  get soFar(): string {
    return `read ${figure(this.read)} lines, made ${figure(this.sent)} events`;
  }

  /** The result in lines: events by topic, lines left out by reason, lines that could not be read. */
  *summary(): Generator<string> {
    yield this.soFar;
    for (const [topic, count] of this.byTopic) yield `  ${figure(count)} ${topic}`;
    if (this.outOfTime > 0)
      yield `  ${figure(this.outOfTime)} of them are older than ${lateLimitDays} days or more than ${futureLimitHours} hours ahead: bronze keeps them, and silver and gold count them as rejected (--shift-days moves them)`;
    for (const [why, count] of this.leftOut) yield `left out ${figure(count)} lines: ${why}`;
    if (this.unreadable > 0) yield `${figure(this.unreadable)} lines are not of eventsim:`;
    for (const place of this.unreadablePlaces) yield `  ${place}`;
    if (this.unreadable > namedPlaces) yield `  and ${figure(this.unreadable - namedPlaces)} more`;
  }
}

const figure = (count: number): string => count.toLocaleString("en");
