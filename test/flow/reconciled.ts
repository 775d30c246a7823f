import { readFileSync } from "node:fs";
import { eventTopics } from "../../lake/events";
import { goldTables, importedTable, zeroCopyTable } from "../../lake/tables";
import { reportSchema, type Report } from "../../smoke/report-schema";
import type { LakeProcess } from "./lake-process";

/** Options for a lake that gets data through quickly, with faults of every kind. */
export const quick = "--trigger 5 --every 5 --rate 200".split(" ");
export const faults = "--malformed 0.02 --duplicates 0.02 --late 0.02".split(" ");

/** The report that the lake's newest run wrote. */
export function readReport(lake: LakeProcess): Report {
  return reportSchema.parse(JSON.parse(readFileSync(lake.reportFile, "utf8")));
}

export function known(figure: number | null | undefined): number {
  if (figure === null || figure === undefined) throw new Error("the report lacks a figure");
  return figure;
}

/** Every record that was sent is in the right place, once, and sums of money are equal everywhere. */
export function expectReconciled(report: Report): void {
  expect(report.checks.filter(({ status }) => status !== "passed")).toEqual([]);
  expect(report.ok).toBe(true);
  for (const topic of eventTopics) {
    const of = report.topics[topic];
    expect(of.kafka).toBe(known(of.bronze) + known(of.quarantine));
    expect(of.sent).toBe(of.kafka);
    expect(of.quarantine).toBe(of.malformed);
    expect(of.silver).toBe(known(of.bronze) - known(of.duplicates));
  }
  const cents = (amount: number | null | undefined) => Math.round(known(amount) * 100);
  const served = report.clickhouse as Record<string, { rows: number | null; totalAmount?: number | null }>;
  const gold = report.gold as Record<string, { rows: number | null }>;
  for (const table of goldTables) {
    const paths = [served[importedTable(table)], served[zeroCopyTable(table)]];
    expect(paths.map((path) => path?.rows)).toEqual(Array(2).fill(known(gold[table.name]?.rows)));
    if (table.name !== "facts") continue;
    expect(cents(report.gold.facts.totalAmount)).toBeGreaterThan(0);
    expect(paths.map((path) => cents(path?.totalAmount))).toEqual(
      Array(2).fill(cents(report.gold.facts.totalAmount)),
    );
  }
}
