import { z } from "zod";
import type { GoldCommit } from "../../lake/records";
import {
  clickhouseDatabase,
  clickhouseString,
  importedDdl,
  importedTable,
  zeroCopyDdl,
  zeroCopyTable,
  type Table,
} from "../../lake/tables";
import { ofDays } from "./agreement";
import type { Engine } from "./engine";
import type { GoldSource } from "./gold-source";
import { staged, type Staged } from "./gold-tables";
import { guardContent, guardCounted, guardEmpty } from "./guards";
import { publicationOf, type Load, type TablePlan } from "./plan";
import { servedComment } from "./served";

const loading = {
  // A file older than a column gives null for it, which is refused where the contract does not allow null.
  input_format_parquet_allow_missing_columns: 1,
  input_format_null_as_default: 0,
  insert_null_as_default: 0,
  // Each day is a partition, and one INSERT loads all days of a table.
  max_partitions_per_insert_block: "0",
} as const;

/**
 * Loads files with ClickHouse's table function, in which every column is nullable. An HDFS table would read with the
 * settings it was created with, and would give zeros for missing columns.
 */
async function insert(
  engine: Engine,
  table: Table,
  into: string,
  source: GoldSource,
  days?: readonly string[],
): Promise<void> {
  const columns = Object.keys(table.columns).join(", ");
  await engine.run(
    `INSERT INTO ${into} (${columns}) SELECT ${columns} FROM ${source.files(table, days)} ${days ? `WHERE ${ofDays(days)}` : ""}`,
    loading,
  );
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
  await insert(engine, table, changed, source, days);
  await guardContent(engine, table, from, changed, days);
  const filled = await daysWithRows(engine, changed);
  for (const day of days) if (!filled.has(day)) await guardEmpty(engine, table, source, day);
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
  await insert(engine, table, next, source);
  const rows = await guardContent(engine, table, from, next);
  if (rows === 0) await guardEmpty(engine, table, source);
}

async function stageImported(
  engine: Engine,
  table: Table,
  source: GoldSource,
  from: string,
  load: Exclude<Load, { kind: "none" }>,
  target: GoldCommit,
): Promise<Staged> {
  const pair = staged(importedTable(table));
  await engine.run(`DROP TABLE IF EXISTS ${pair.next}`);
  if (load.kind === "full") await loadAll(engine, table, source, from);
  else await loadDays(engine, table, source, from, load.days);
  await guardCounted(engine, table, pair.next, target);
  const comment = clickhouseString(servedComment(table, publicationOf(target)));
  await engine.run(`ALTER TABLE ${pair.next} MODIFY COMMENT ${comment}`);
  return pair;
}

/**
 * Builds one table's new state for both paths, in tables beside those that readers see, and checks that the two are
 * equal. Readers notice nothing.
 * @throws when a file can't be read or rows are missing. What was staged stays until the next attempt replaces it.
 */
export async function stage(
  engine: Engine,
  { table, imported, repoint }: TablePlan,
  source: GoldSource,
  target: GoldCommit,
): Promise<Staged[]> {
  const zeroCopy = staged(zeroCopyTable(table));
  const comment = servedComment(table, publicationOf(target));
  await engine.run(`DROP TABLE IF EXISTS ${zeroCopy.next}`);
  await engine.run(zeroCopyDdl(table, zeroCopy.next, source.url(table), comment));
  const twins: Staged[] = repoint ? [zeroCopy] : [];
  if (imported.kind !== "none")
    twins.push(await stageImported(engine, table, source, zeroCopy.next, imported, target));
  return twins;
}
