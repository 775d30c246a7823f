import type { FlowMessage, HistoryMessage, HopMessage } from "../messages";
import { hopNames, type HopName } from "./hop-names";
import { hops, type Hop } from "./hops";
import type { Flow } from "./observer";
import { warningLines } from "./warnings";

const historySeconds = 15 * 60;
/** Bronze writes a batch every few seconds: over a shorter time, a rate would jump between zero and a whole batch. */
const rateOverSeconds = 30;
/** Longer than a batch and a run take: a hop that lags and has processed no record for so long is stalled. */
const stalledAfterSeconds = 90;
const idleAfterSeconds = 15;

/** What each hop waits for before its first record. */
const beforeTheFirst: Readonly<Record<HopName, string>> = {
  kafka: "No event has been sent yet.",
  bronze: "Waits for the first events in Kafka.",
  silver: "Its first run follows the first batch of bronze; it takes about a minute.",
  gold: "Waits for the first run of silver.",
  clickhouse: "Waits for the first run of gold.",
};

interface Look {
  readonly atMs: number;
  readonly flow: Flow;
}

/** The error of a step's newest run, as a sentence; null if the run did not fail. */
export type FailureOf = (hop: HopName) => string | null;

/** Turns the observer's results into what a page shows: rates, states and the last 15 minutes. */
export class FlowWatch {
  private readonly looks: Look[] = [];
  private readonly points: HistoryMessage["points"][number][] = [];
  private readonly changedAtMs = new Map<HopName, number>();
  private readonly everFilled = new Set<HopName>();
  private trouble: string | undefined;

  constructor(private readonly failureOf: FailureOf) {}

  add(flow: Flow, atMs: number): void {
    this.trouble = undefined;
    const before = this.looks.at(-1)?.flow;
    const earlier = before && hops(before);
    for (const [index, hop] of hops(flow).entries()) {
      if (earlier?.[index]?.records !== hop.records) this.changedAtMs.set(hop.name, atMs);
      if (hop.records > 0) this.everFilled.add(hop.name);
    }
    this.looks.push({ atMs, flow });
    const oldest = this.looks.findIndex((look) => look.atMs >= atMs - rateOverSeconds * 1000);
    this.looks.splice(0, Math.max(0, oldest));
    this.points.push({
      atMs,
      perSecond: this.perSecond().map((rate) => Math.round(rate * 10) / 10),
      p95Seconds: flow.freshness?.p95 ?? null,
    });
    while ((this.points[0]?.atMs ?? atMs) < atMs - historySeconds * 1000) this.points.shift();
  }

  /** Keeps showing the last result, with a sentence about why there is no newer one. */
  addTrouble(message: string): void {
    this.trouble = message;
  }

  history(): HistoryMessage {
    return { points: this.points };
  }

  message(atMs: number): FlowMessage {
    const flow = this.looks.at(-1)?.flow;
    const trouble = this.trouble === undefined ? [] : [`The lake does not answer: ${this.trouble}`];
    if (!flow) {
      const why = (name: HopName) => (name === "kafka" ? "The lake is starting." : beforeTheFirst[name]);
      return {
        atMs,
        hops: hopNames.map((name) => ({
          ...{ name, records: null, perSecond: 0, lag: 0, newestMs: null },
          ...({ state: "waiting", why: why(name) } as const),
        })),
        quarantine: { records: 0, perSecond: 0 },
        freshness: null,
        // While Kafka and HDFS start, nothing answers, and nothing is wrong.
        warnings: [],
      };
    }
    const rates = this.perSecond();
    return {
      atMs,
      hops: hops(flow).map((hop, index) => this.hopMessage(hop, rates[index] ?? 0, atMs)),
      quarantine: { records: flow.quarantine, perSecond: this.rate(({ quarantine }) => quarantine) },
      freshness: flow.freshness ?? null,
      warnings: [...trouble, ...warningLines(flow)],
    };
  }

  private hopMessage({ name, records, lag, newestMs }: Hop, perSecond: number, atMs: number): HopMessage {
    const quietSeconds = (atMs - (this.changedAtMs.get(name) ?? atMs)) / 1000;
    const failure = this.failureOf(name);
    const shown = { name, records, perSecond, lag, newestMs: newestMs ?? null };
    if (lag > 0 && (failure !== null || quietSeconds > stalledAfterSeconds) && records > 0) {
      const quiet = `It has taken no record for ${Math.round(quietSeconds)} s: look at its log, and into docs/troubleshooting.md.`;
      return { ...shown, state: "stalled", why: failure ?? quiet };
    }
    if (records === 0 && this.everFilled.has(name))
      return { ...shown, state: "stalled", why: "It had records, and does not answer now." };
    if (records === 0) return { ...shown, state: "waiting", why: failure ?? beforeTheFirst[name] };
    return { ...shown, state: quietSeconds > idleAfterSeconds && lag === 0 ? "idle" : "flowing", why: null };
  }

  private perSecond(): number[] {
    return hopNames.map((_, index) => this.rate((flow) => hops(flow)[index]?.records ?? 0));
  }

  private rate(recordsOf: (flow: Flow) => number): number {
    const [first, last] = [this.looks[0], this.looks.at(-1)];
    if (!first || !last || last.atMs === first.atMs) return 0;
    return Math.max(0, ((recordsOf(last.flow) - recordsOf(first.flow)) * 1000) / (last.atMs - first.atMs));
  }
}
