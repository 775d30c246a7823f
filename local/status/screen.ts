import { cursorTo, moveCursor, clearScreenDown } from "node:readline";
import type { Supervised } from "../process/supervised";
import { hops } from "../../console/flow/hops";
import type { Flow } from "../../console/flow/observer";
import { grouped, warningLines } from "../../console/flow/warnings";

const plainEverySeconds = 10;

function age(fromMs: number | undefined, nowMs: number): string {
  return fromMs === undefined ? "-" : `${Math.max(0, Math.round((nowMs - fromMs) / 1000))} s old`;
}

/** How long recent records took from Kafka to ClickHouse. */
function freshnessLine({ p50, p95 }: NonNullable<Flow["freshness"]>): string {
  return `in ClickHouse after ${p50.toFixed(0)} s (half of the records), ${p95.toFixed(0)} s (95 of 100)`;
}

/** A line about a process that is not simply ready; undefined for one that is. */
export function processLine({ spec, state, restarts }: Supervised): string | undefined {
  switch (state.at) {
    case "ready":
      return restarts > 0 ? `${spec.name}: running, restarted ${restarts} times` : undefined;
    case "waiting":
      return `${spec.name}: waiting for ${state.why}`;
    case "restarting":
      return `${spec.name}: died (${state.why}), starts again in ${state.inSeconds} s`;
    case "starting":
      return `${spec.name}: starting`;
    case "ended":
      return undefined;
    case "stopped":
      return `${spec.name}: stopped`;
  }
}

/** Shows the lake's state: redrawn in place on a terminal, elsewhere as one line every ten seconds. */
export class StatusScreen {
  private drawnLines = 0;
  private plainAt = 0;
  private previous: { flow: Flow; atMs: number; rates: Map<string, number> } | undefined;

  constructor(private readonly stream: NodeJS.WriteStream) {}

  /** Prints a line that is not redrawn. */
  line(text: string): void {
    this.erase();
    this.stream.write(`${text}\n`);
  }

  draw(flow: Flow | undefined, processes: readonly Supervised[], note: string): void {
    const nowMs = Date.now();
    const busy = processes.flatMap((process) => processLine(process) ?? []);
    const rates = flow ? this.rates(flow, nowMs) : new Map<string, number>();
    if (this.stream.isTTY)
      this.redraw([...this.table(flow, rates, nowMs), ...busy.map((line) => `  ${line}`), note]);
    else if (nowMs - this.plainAt >= plainEverySeconds * 1000) {
      this.plainAt = nowMs;
      this.stream.write(`${this.plain(flow, rates, nowMs, busy)}\n`);
    }
  }

  /** Records per second of each hop since the last look, smoothed. */
  private rates(flow: Flow, nowMs: number): Map<string, number> {
    const before = this.previous;
    const seconds = before ? (nowMs - before.atMs) / 1000 : 0;
    const rates = new Map<string, number>();
    for (const [index, hop] of hops(flow).entries()) {
      const earlier = before ? (hops(before.flow)[index]?.records ?? 0) : hop.records;
      const now = seconds > 0 ? (hop.records - earlier) / seconds : 0;
      rates.set(hop.name, 0.8 * (before?.rates.get(hop.name) ?? now) + 0.2 * now);
    }
    this.previous = { flow, atMs: nowMs, rates };
    return rates;
  }

  private table(flow: Flow | undefined, rates: Map<string, number>, nowMs: number): string[] {
    if (!flow) return [];
    const head = `  ${"hop".padEnd(14)}${"records".padStart(14)}${"per second".padStart(12)}${"behind".padStart(12)}  newest`;
    const rows = hops(flow).map((hop) => {
      const rate = grouped(rates.get(hop.name) ?? 0);
      return `  ${hop.name.padEnd(14)}${grouped(hop.records).padStart(14)}${rate.padStart(12)}${grouped(hop.lag).padStart(12)}  ${age(hop.newestMs, nowMs)}`;
    });
    return [
      "",
      head,
      ...rows,
      `  ${"quarantine".padEnd(14)}${grouped(flow.quarantine).padStart(14)}`,
      ...warningLines(flow).map((line) => `  ${line}`),
      ...(flow.freshness ? [`  ${freshnessLine(flow.freshness)}`] : []),
      "",
    ];
  }

  private plain(
    flow: Flow | undefined,
    rates: Map<string, number>,
    nowMs: number,
    busy: readonly string[],
  ): string {
    const parts = flow
      ? hops(flow).map((hop) => {
          const newest = hop.newestMs === undefined ? "" : `, newest ${age(hop.newestMs, nowMs)}`;
          return `${hop.name} ${grouped(hop.records)} (${grouped(rates.get(hop.name) ?? 0)}/s, behind ${grouped(hop.lag)}${newest})`;
        })
      : [];
    const fresh = flow?.freshness ? [freshnessLine(flow.freshness)] : [];
    const warnings = flow ? warningLines(flow) : [];
    return [...parts, ...fresh, ...warnings, ...busy].join(" | ");
  }

  private redraw(lines: readonly string[]): void {
    this.erase();
    const width = this.stream.columns || 120;
    for (const line of lines) this.stream.write(`${line.slice(0, width - 1)}\n`);
    this.drawnLines = lines.length;
  }

  private erase(): void {
    if (this.drawnLines === 0) return;
    moveCursor(this.stream, 0, -this.drawnLines);
    cursorTo(this.stream, 0);
    clearScreenDown(this.stream);
    this.drawnLines = 0;
  }
}
