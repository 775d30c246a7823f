import { ClickHouseError } from "@clickhouse/client";

function firstLine(text: string): string {
  return (text.split("\n")[0] ?? "").slice(0, 500);
}

/** A failure in one line, with ClickHouse's code if it comes from ClickHouse. */
export function failureLine(error: unknown): string {
  if (error instanceof ClickHouseError)
    return firstLine(`ClickHouse code ${error.code} ${error.type ?? ""}: ${error.message}`);
  if (error instanceof AggregateError && error.message === "")
    return error.errors.map(failureLine).join("; ");
  return firstLine(error instanceof Error ? error.message : String(error));
}

/** Whether ClickHouse lacks a table or database that existed before: it was wiped, or a backup was restored. */
export function isMissingTable(error: unknown): boolean {
  return error instanceof ClickHouseError && ["60", "81"].includes(error.code);
}

const repeatMs = 60_000;
const longestWaitMs = 15_000;

/** Reports each failure once, a lasting one once a minute, and says how long to wait before the next attempt. */
export class Failures {
  private attempts = 0;
  private lastLine = "";
  private saidAt = 0;

  constructor(private readonly say: (line: string) => void) {}

  /** @returns milliseconds to wait, doubled with each consecutive failure. */
  note(error: unknown, what: string, now = Date.now()): number {
    const line = `${what}: ${failureLine(error)}`;
    this.attempts += 1;
    const waitMs = Math.min(longestWaitMs, 500 * 2 ** Math.min(this.attempts, 10));
    if (line !== this.lastLine || now - this.saidAt >= repeatMs) {
      this.say(`${line}; readers keep what they have, next attempt in ${waitMs / 1000} s`);
      this.lastLine = line;
      this.saidAt = now;
    }
    return waitMs;
  }

  clear(): void {
    if (this.attempts > 0) this.say(`goes on after ${this.attempts} failed attempts`);
    this.attempts = 0;
    this.lastLine = "";
  }
}
