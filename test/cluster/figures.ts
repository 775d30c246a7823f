import { appendFileSync } from "node:fs";
import { join } from "node:path";
import type { ClusterSettings } from "./settings";

/** Records a measured figure and its goal for the report: a missed goal is no failure. */
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

/** Records a line of a table that is too long for the report's figures. */
export function appendLine({ state }: ClusterSettings, table: string, line: string): void {
  appendFileSync(join(state, `${table}.txt`), `${line}\n`);
}
