import { z } from "zod";
import {
  clickhouseDatabase,
  clickhouseString,
  clickhouseType,
  importedDdl,
  importedTable,
  zeroCopyDdl,
  zeroCopyTable,
  type Table,
} from "../../lake/tables";
import { contentOf, disagreement, ofDays, strictReading } from "./agreement";
import type { Engine } from "./engine";
import type { Load, TablePlan } from "./plan";
import { servedComment, type Publication } from "./served";

/** A gold table in one snapshot, for ClickHouse and for us. */
export interface GoldSource {
  /** `hdfs://host:port/…/<table>` */
  readonly url: (table: Table) => string;
  /** Whether the snapshot holds a Parquet file of the table, or of one day of it. */
  readonly hasParquet: (table: Table, day?: string) => Promise<boolean>;
}

/** A table that stands ready beside the one that readers see. */
export interface Staged {
  readonly live: string;
  readonly next: string;
}

function staged(name: string): Staged {
  return { live: `${clickhouseDatabase}.${name}`, next: `${clickhouseDatabase}._next_${name}` };
}

/** Each day is a part: a table of years comes in one INSERT. */
const loading = { ...strictReading, max_partitions_per_insert_block: "0" } as const;

async function insert(engine: Engine, table: Table, into: string, from: string, condition: string) {
  const columns = Object.keys(table.columns).join(", ");
  await engine.run(`INSERT INTO ${into} (${columns}) SELECT ${columns} FROM ${from} ${condition}`, loading);
}

/** Refuses to take "no rows" for an answer where there are files that ClickHouse did not see. */
async function guardEmpty(engine: Engine, table: Table, source: GoldSource, from: string, day?: string) {
  if (!(await source.hasParquet(table, day))) return;
  // A Parquet file may hold no rows. What counts is that ClickHouse finds it: else this is error 107.
  const columns = Object.entries(table.columns).map(([name, column]) => `${name} ${clickhouseType(column)}`);
  const ofDay = `hdfs(${clickhouseString(`${source.url(table)}/event_date=${day ?? ""}/*.parquet`)}, 'Parquet',
    ${clickhouseString(columns.join(", "))})`;
  const [found] = await engine.rows(
    `SELECT count() AS rows FROM ${day ? ofDay : from}`,
    z.object({ rows: z.coerce.number() }),
    { hdfs_throw_on_zero_files_match: 1, use_cache_for_count_from_files: 0 },
  );
  if (found?.rows !== 0)
    throw new Error(
      `${table.name}${day ? ` of ${day}` : ""} was read as empty and has ${found?.rows ?? "unknown"} rows`,
    );
}

/** @returns how many rows both have. */
async function guardContent(
  engine: Engine,
  table: Table,
  from: string,
  into: string,
  days?: readonly string[],
): Promise<number> {
  const imported = await contentOf(engine, table, into);
  const difference = disagreement(await contentOf(engine, table, from, days), imported);
  if (difference !== "") throw new Error(`${table.name} was not read whole: ${difference}`);
  return imported.rows;
}

async function daysWithRows(engine: Engine, name: string): Promise<Set<string>> {
  const rows = await engine.rows(
    `SELECT DISTINCT toString(event_date) AS day FROM ${name}`,
    z.object({ day: z.string() }),
  );
  return new Set(rows.map(({ day }) => day));
}

async function loadDays(
  engine: Engine,
  table: Table,
  source: GoldSource,
  from: string,
  days: readonly string[],
): Promise<void> {
  const name = importedTable(table);
  const changed = `${clickhouseDatabase}._staging_${name}`;
  const { live, next } = staged(name);
  await engine.run(`DROP TABLE IF EXISTS ${changed}`);
  await engine.run(importedDdl(table, changed, "changed days, on their way"));
  await insert(engine, table, changed, from, `WHERE ${ofDays(days)}`);
  await guardContent(engine, table, from, changed, days);
  const filled = await daysWithRows(engine, changed);
  for (const day of days) if (!filled.has(day)) await guardEmpty(engine, table, source, from, day);
  await engine.run(`CREATE TABLE ${next} CLONE AS ${live}`);
  const switches = days.map((day) =>
    filled.has(day) ? `REPLACE PARTITION '${day}' FROM ${changed}` : `DROP PARTITION '${day}'`,
  );
  await engine.run(`ALTER TABLE ${next} ${switches.join(", ")}`);
  await engine.run(`DROP TABLE ${changed}`);
}

async function loadAll(engine: Engine, table: Table, source: GoldSource, from: string): Promise<void> {
  const { next } = staged(importedTable(table));
  await engine.run(importedDdl(table, next, "on its way"));
  await insert(engine, table, next, from, "");
  const rows = await guardContent(engine, table, from, next);
  if (rows === 0) await guardEmpty(engine, table, source, from);
}

async function stageImported(
  engine: Engine,
  table: Table,
  source: GoldSource,
  from: string,
  load: Exclude<Load, { kind: "none" }>,
  comment: string,
): Promise<Staged> {
  const pair = staged(importedTable(table));
  await engine.run(`DROP TABLE IF EXISTS ${pair.next}`);
  if (load.kind === "full") await loadAll(engine, table, source, from);
  else await loadDays(engine, table, source, from, load.days);
  await engine.run(`ALTER TABLE ${pair.next} MODIFY COMMENT ${clickhouseString(comment)}`);
  return pair;
}

/**
 * Brings one table's new state, on both paths, into tables beside those that readers see, and makes sure that the two
 * are the same. Readers notice nothing.
 * @throws when a file can't be read or rows are missing; what was staged is left and replaced by the next attempt.
 */
export async function stage(
  engine: Engine,
  { table, imported, repoint }: TablePlan,
  source: GoldSource,
  publication: Publication,
): Promise<Staged[]> {
  const comment = servedComment(table, publication);
  const zeroCopy = staged(zeroCopyTable(table));
  await engine.run(`DROP TABLE IF EXISTS ${zeroCopy.next}`);
  await engine.run(zeroCopyDdl(table, zeroCopy.next, source.url(table), comment));
  const twins: Staged[] = repoint ? [zeroCopy] : [];
  if (imported.kind !== "none")
    twins.push(await stageImported(engine, table, source, zeroCopy.next, imported, comment));
  return twins;
}

/** Creates what readers may ask for before anything is published: both tables of each gold table, empty. */
export async function createMissing(
  engine: Engine,
  tables: readonly Table[],
  nothing: (table: Table) => string,
): Promise<void> {
  const ifMissing = (ddl: string): string => ddl.replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS");
  for (const table of tables) {
    const comment = servedComment(table, undefined);
    await engine.run(ifMissing(importedDdl(table, staged(importedTable(table)).live, comment)));
    await engine.run(
      ifMissing(zeroCopyDdl(table, staged(zeroCopyTable(table)).live, nothing(table), comment)),
    );
  }
}

/** Drops the tables that a publish left beside the live ones. */
export async function sweep(engine: Engine): Promise<void> {
  const left = await engine.rows(
    `SELECT name FROM system.tables WHERE database = '${clickhouseDatabase}'
     AND (startsWith(name, '_next_gold_') OR startsWith(name, '_staging_gold_'))`,
    z.object({ name: z.string() }),
  );
  for (const { name } of left) await engine.run(`DROP TABLE IF EXISTS ${clickhouseDatabase}.${name}`);
}
