import { z } from "zod";
import { offsetsThere } from "../jobs/kafka/client";
import { eventTopics, type EventTopic } from "../lake/events";
import { delayByHop, freshness, freshnessByMinute } from "../lake/freshness";
import {
  clickhouseDatabase,
  goldTables,
  importedTable,
  silverFacts,
  zeroCopyTable,
  type Table,
} from "../lake/tables";
import type { SmokeOptions } from "./options";
import type { CheckResult } from "./outcome";
import { cents } from "./reading/accepted";
import { added, countsBySource, readLedger, type Ledger, type LedgerCounts } from "./reading/ledger";
import { openLake, type LakeUnderTest } from "./reading/lake-under-test";
import type { Progress } from "./reading/progress";
import { count } from "./reading/sql";
import { moneyColumn, reportSchema, type Report } from "./report-schema";

export interface ReportInputs {
  readonly options: SmokeOptions;
  readonly checks: readonly CheckResult[];
  /** From whoever started the lake; null when not known. */
  readonly secondsToFirstGold: number | null;
  readonly peakMemoryBytes: number | null;
}

/** Gathers the figures of a lake. A figure that can't be read is null, so that a broken lake has a report, too. */
export async function buildReport(inputs: ReportInputs): Promise<Report> {
  const lake = openLake(inputs.options);
  try {
    const progress = await orNull(lake.progress.read());
    const ledger = await orNull(readLedger(lake));
    return reportSchema.parse({
      ok: inputs.checks.length > 0 && inputs.checks.every(({ status }) => status === "passed"),
      topics: Object.fromEntries(
        await inTurn(eventTopics, async (topic) => [topic, await topicFigures(lake, topic, ledger)] as const),
      ),
      gold: Object.fromEntries(
        await inTurn(
          goldTables,
          async (table) => [table.name, await goldFigures(lake, table, progress)] as const,
        ),
      ),
      clickhouse: Object.fromEntries(
        (await inTurn(goldTables, (table) => servedFigures(lake, table))).flat(),
      ),
      freshnessSeconds: freshnessFigures(progress),
      freshnessByMinute: progress ? freshnessByMinute(progress.bronze, progress.serve) : [],
      delayByHop: delayByHop(
        progress?.bronze ?? [],
        progress?.silver ?? [],
        progress?.gold ?? [],
        progress?.serve ?? [],
      ),
      secondsToFirstGold: inputs.secondsToFirstGold,
      peakMemoryBytes: inputs.peakMemoryBytes,
      checks: inputs.checks,
    });
  } finally {
    await lake.close();
  }
}

async function orNull<T>(figure: Promise<T>): Promise<T | null> {
  try {
    return await figure;
  } catch {
    return null;
  }
}

async function inTurn<A, B>(items: readonly A[], one: (item: A) => Promise<B>): Promise<B[]> {
  const results: B[] = [];
  for (const item of items) results.push(await one(item));
  return results;
}

function rowsOf(lake: LakeUnderTest, source: string): Promise<number | null> {
  const row = lake.sql.row(`SELECT count() AS rows FROM ${source}`, z.object({ rows: count }));
  return orNull(row.then(({ rows }) => rows));
}

async function topicFigures(lake: LakeUnderTest, topic: EventTopic, ledger: Ledger | null) {
  const sums = ledger && [...countsBySource(ledger, topic).values()];
  const sum: LedgerCounts | null | undefined = sums && sums.reduce(added, added(undefined));
  return {
    sent: sum ? sum.good + sum.malformed + sum.duplicate : null,
    malformed: sum?.malformed ?? null,
    duplicates: sum?.duplicate ?? null,
    late: sum?.late ?? null,
    kafka: await orNull(lake.kafka.offsets(topic).then(offsetsThere)),
    bronze: await rowsOf(lake, lake.parquet.bronze(topic)),
    quarantine: await rowsOf(lake, lake.parquet.quarantine(topic)),
    silver: await rowsOf(lake, lake.parquet.silver(silverFacts[topic])),
  };
}

const money = z.object({ cents: count });

async function euros(lake: LakeUnderTest, source: string, column: string): Promise<number | null> {
  const row = await orNull(lake.sql.row(`SELECT sum(${cents(column)}) AS cents FROM ${source}`, money));
  return row && row.cents / 100;
}

async function goldFigures(lake: LakeUnderTest, table: Table, progress: Progress | null) {
  const snapshot = progress?.gold.at(-1)?.snapshot;
  const source = snapshot === undefined ? undefined : lake.parquet.gold(snapshot, table);
  const rows = source === undefined ? null : await rowsOf(lake, source);
  if (table.name !== "facts") return { rows };
  const transactions = z.object({ transactions: count });
  const sold =
    source === undefined
      ? null
      : await orNull(lake.sql.row(`SELECT sum(transactions) AS transactions FROM ${source}`, transactions));
  return {
    rows,
    transactions: sold?.transactions ?? null,
    totalAmount: source === undefined ? null : await euros(lake, source, "total_amount"),
  };
}

async function servedFigures(lake: LakeUnderTest, table: Table) {
  const column = moneyColumn(table);
  return inTurn([importedTable(table), zeroCopyTable(table)], async (name) => {
    const source = `${clickhouseDatabase}.${name}`;
    const rows = await rowsOf(lake, source);
    return [name, column ? { rows, totalAmount: await euros(lake, source, column) } : { rows }] as const;
  });
}

function freshnessFigures(progress: Progress | null): Report["freshnessSeconds"] {
  const { p50 = null, p95 = null, max = null } = progress ? freshness(progress.bronze, progress.serve) : {};
  return { p50, p95, max };
}
