import { Heap } from "heap-js";
import type { Faults } from "./faults/faults";
import type { EventRecord } from "./record";
import type { Simulation } from "./simulation";

interface Echo {
  readonly at: number;
  /** Order of the originals: breaks ties. */
  readonly number: number;
  readonly record: EventRecord;
}

/** When records are sent: at the simulation's own times, or evenly at a rate. */
export interface Schedule {
  /** Time of the `index`th record, ms since 1970; undefined for the simulation's own time. */
  at(index: number): number | undefined;
  /** End of the simulation, ms since 1970. */
  readonly to: number;
}

/** Records in the order in which they are sent: events with their faults, and copies. */
export class Feed {
  private readonly echoes = new Heap<Echo>((a, b) => a.at - b.at || a.number - b.number);
  /** Records taken so far. */
  taken = 0;
  private originals = 0;
  private stopped = false;

  constructor(
    private readonly simulation: Simulation,
    private readonly faults: Faults,
    private readonly schedule: Schedule,
  ) {}

  /** Whether there are no more events; only copies are left. */
  get over(): boolean {
    return this.stopped || this.nextEvent >= this.schedule.to;
  }

  /** Time of the next record, ms since 1970; Infinity after the last. */
  get due(): number {
    const echo = this.echoes.peek()?.at ?? Infinity;
    return this.over ? echo : Math.min(this.nextEvent, echo);
  }

  /** Ends the events; copies still follow. */
  stop(): void {
    this.stopped = true;
  }

  /** @returns undefined after the last */
  next(): EventRecord | undefined {
    const { over, nextEvent } = this;
    const echo = this.echoes.peek();
    if (echo && (over || echo.at <= nextEvent)) {
      this.echoes.pop();
      this.taken++;
      return { ...echo.record, class: "duplicate", time: echo.at, fraud: undefined };
    }
    if (over) return undefined;
    const { record, echoAt } = this.faults.apply(this.simulation.next(nextEvent));
    if (echoAt !== undefined) this.echoes.push({ at: echoAt, number: this.originals, record });
    this.originals++;
    this.taken++;
    return record;
  }

  private get nextEvent(): number {
    return this.schedule.at(this.taken) ?? this.simulation.due;
  }
}
