import { appendFileSync } from "node:fs";
import { join } from "node:path";
import type { ClusterSettings } from "./settings";

/** Notes what was measured beside its goal, for the report: a goal that is missed is no failure. */
export function appendFigure(
  { state }: ClusterSettings,
  name: string,
  seconds: number,
  goalSeconds: number,
): void {
  const figure = { name, seconds: Math.round(seconds * 10) / 10, goalSeconds, at: new Date().toISOString() };
  appendFileSync(join(state, "figures.ndjson"), `${JSON.stringify(figure)}\n`);
  console.info(`${name}: ${figure.seconds} s (goal ${goalSeconds} s)`);
}

/** Notes a line of a table that is too long for the report's figures. */
export function appendLine({ state }: ClusterSettings, table: string, line: string): void {
  appendFileSync(join(state, `${table}.txt`), `${line}\n`);
}
