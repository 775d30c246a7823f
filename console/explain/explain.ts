import { z } from "zod";
import { Journal } from "../../jobs/hdfs/journal";
import type { WebHdfs } from "../../jobs/hdfs/webhdfs";
import { runOfSnapshot, type Layout } from "../../lake/layout";
import { goldCommit, type GoldCommit } from "../../lake/records";
import { clickhouseDatabase, clickhouseString, clickhouseType, importedTable } from "../../lake/tables";
import type { Parquet } from "../../smoke/reading/parquet";
import { count, type Sql } from "../../smoke/reading/sql";
import type { ExplainAnswer } from "../messages";
import { figures, type Figure } from "./figures";

/** Which cell of gold: its table and column, and the values of the table's key, in the key's order. */
export interface Cell {
  readonly table: string;
  readonly column: string;
  readonly key: readonly string[];
}

const mostFiles = 50;
const mostPublishes = 3;

const served = z.object({ snapshot: z.string() });
const value = z.object({ value: z.number().nullable() });
const part = z.object({
  file: z.string(),
  partition: count.nullable(),
  rows: count,
  amount: z.number(),
  firstOffset: count.nullable(),
  lastOffset: count.nullable(),
  firstBatch: count,
  lastBatch: count,
});

type Part = z.infer<typeof part>;

/** Follows a figure of gold back to the rows, files and offsets that it is made of, and adds it up again. */
export class Explain {
  private readonly gold;

  constructor(
    hdfs: WebHdfs,
    layout: Layout,
    private readonly reader: Sql,
    private readonly parquet: Parquet,
  ) {
    this.gold = Journal.of(hdfs, layout, "gold", goldCommit);
  }

  /** Never rejects: an error is an answer. */
  async answer(cell: Cell): Promise<ExplainAnswer> {
    try {
      return await this.explain(cell);
    } catch (error) {
      const [line = ""] = (error as Error).message.split("\n");
      return { error: line };
    }
  }

  private async explain(cell: Cell): Promise<ExplainAnswer> {
    const figure = figureOf(cell);
    const key = keyOf(figure, cell);
    const { table, column } = figure;
    const of = (source: string) => `SELECT max(${column}) AS value FROM ${source} WHERE ${key.where}`;
    const name = importedTable(table);
    const { value: inClickHouse, snapshot } = await this.served(name, of(`${clickhouseDatabase}.${name}`));
    // The run that ClickHouse shows: what is compared is of the same moment.
    const run = await this.gold.read(runOfSnapshot(snapshot));
    const inSnapshot = await this.reader.row(of(this.parquet.gold(run.snapshot, table)), value);
    const rows = `FROM ${this.silverOf(figure, key.day)}\nWHERE ${key.where} AND ${figure.where} AND bronze_batch <= ${run.bronze.silver}`;
    const parts = await this.reader.rows(partsSql(figure, rows), part);
    const amount = parts.reduce((sum, each) => sum + each.amount, 0);
    const addedUp = figure.adds === null ? amount : amount / 100;
    const isPending = run.pendingDays.includes(key.day);
    const shown = [inClickHouse ?? 0, inSnapshot.value ?? 0];
    return {
      table: `gold.${table.name}`,
      column,
      doc: table.columns[column]?.doc ?? "",
      key: table.key.map((name, index) => ({ name, value: cell.key[index] ?? "" })),
      clickhouse: inClickHouse,
      snapshot: inSnapshot.value,
      asOfMs: Date.parse(run.committedAt),
      addedUp,
      isEqual: shown.every((one) => Math.round(one * 100) === Math.round(addedUp * 100)),
      note: isPending ? pendingNote(key.day, run) : null,
      silver: `silver.${figure.from.name}`,
      isMoney: figure.adds !== null,
      rows: parts.reduce((sum, each) => sum + each.rows, 0),
      files: filesOf(parts).slice(0, mostFiles),
      offsets: offsetsOf(figure, parts),
      batches: batchesOf(parts),
      sql: `SELECT *\n${rows}\nLIMIT 100`,
    };
  }

  /** A value that ClickHouse shows, and the snapshot of gold that it is of. */
  private async served(name: string, sql: string) {
    const shownNow = `SELECT snapshot FROM ${clickhouseDatabase}.served WHERE name = ${clickhouseString(name)}`;
    for (let left = mostPublishes; left > 0; left--) {
      const [before] = await this.reader.rows(shownNow, served);
      if (!before?.snapshot) throw new Error("ClickHouse shows no gold yet: nothing has been published.");
      const read = await this.reader.row(sql, value);
      const [after] = await this.reader.rows(shownNow, served);
      if (after?.snapshot === before.snapshot) return { value: read.value, snapshot: before.snapshot };
    }
    throw new Error(`${name} was published ${mostPublishes} times while it was read. Try again.`);
  }

  private silverOf({ from }: Figure, day: string): string {
    const columns = Object.entries(from.columns).map(
      ([name, column]) => [name, clickhouseType(column)] as const,
    );
    return this.parquet.file(
      `silver/${from.name}/${from.partitionedBy}=${day}/*.parquet`,
      Object.fromEntries(columns),
    );
  }
}

/** @throws RangeError that says what is allowed */
function figureOf({ table, column }: Cell): Figure {
  const ofTable = figures.filter((figure) => figure.table.name === table);
  const found = ofTable.find((figure) => figure.column === column);
  if (found) return found;
  const tables = [...new Set(figures.map((figure) => figure.table.name))];
  if (ofTable.length === 0) throw new RangeError(`table: got '${table}', allowed: ${tables.join(", ")}`);
  const columns = ofTable.map((figure) => figure.column);
  throw new RangeError(`column of ${table}: got '${column}', allowed: ${columns.join(", ")}`);
}

/** @throws RangeError that says what is allowed */
function keyOf({ table }: Figure, { key }: Cell): { readonly day: string; readonly where: string } {
  if (key.length !== table.key.length)
    throw new RangeError(`key of ${table.name}: got ${key.length} values, allowed: ${table.key.join(", ")}`);
  const day = key[table.key.indexOf("event_date")] ?? "";
  if (!z.iso.date().safeParse(day).success)
    throw new RangeError(`event_date: got '${day}', allowed: a day as 2026-06-01`);
  const equal = table.key.map((name, index) => `${name} = ${clickhouseString(key[index] ?? "")}`);
  return { day, where: equal.join(" AND ") };
}

function partsSql({ from, adds }: Figure, rows: string): string {
  const hasOffsets = "kafka_offset" in from.columns;
  const offset = (what: string) => (hasOffsets ? `${what}(kafka_offset)` : "NULL");
  const amount = adds === null ? "toFloat64(count())" : `toFloat64(toInt64(sum(${adds}) * 100))`;
  return `SELECT _path AS file, ${hasOffsets ? "kafka_partition" : "NULL"} AS partition, count() AS rows, ${amount} AS amount,
  ${offset("min")} AS firstOffset, ${offset("max")} AS lastOffset, min(bronze_batch) AS firstBatch, max(bronze_batch) AS lastBatch
${rows}
GROUP BY file, partition ORDER BY file, partition`;
}

function filesOf(parts: readonly Part[]): { readonly path: string; readonly rows: number }[] {
  const rows = new Map<string, number>();
  for (const each of parts) rows.set(each.file, (rows.get(each.file) ?? 0) + each.rows);
  return [...rows].map(([path, number]) => ({ path, rows: number })).sort((a, b) => b.rows - a.rows);
}

function offsetsOf({ topic }: Figure, parts: readonly Part[]) {
  const partitions = [...new Set(parts.flatMap(({ partition }) => partition ?? []))].sort((a, b) => a - b);
  return partitions.map((partition) => {
    const own = parts.filter((each) => each.partition === partition);
    return {
      topic,
      partition,
      rows: own.reduce((sum, { rows }) => sum + rows, 0),
      first: Math.min(...own.map(({ firstOffset }) => firstOffset ?? Infinity)),
      last: Math.max(...own.map(({ lastOffset }) => lastOffset ?? 0)),
    };
  });
}

function batchesOf(parts: readonly Part[]) {
  if (parts.length === 0) return null;
  return {
    first: Math.min(...parts.map(({ firstBatch }) => firstBatch)),
    last: Math.max(...parts.map(({ lastBatch }) => lastBatch)),
  };
}

function pendingNote(day: string, { run }: GoldCommit): string {
  return `Rows of ${day} wait for one of gold's next runs: run ${run} has not merged all that silver has. The figures differ until then.`;
}
