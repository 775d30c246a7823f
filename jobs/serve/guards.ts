import { z } from "zod";
import type { GoldCommit } from "../../lake/records";
import type { Table } from "../../lake/tables";
import { contentOf, countOf, disagreement } from "./agreement";
import type { Engine } from "./engine";
import type { GoldSource } from "./gold-source";

/** Refuses an answer without rows when there are files that ClickHouse did not see. */
export async function guardEmpty(
  engine: Engine,
  table: Table,
  source: GoldSource,
  day?: string,
): Promise<void> {
  if (!(await source.hasParquet(table, day))) return;
  // A Parquet file may hold no rows. What matters is that ClickHouse finds it; otherwise this is error 107.
  const [found] = await engine.rows(
    `SELECT count() AS rows FROM ${source.files(table, day === undefined ? undefined : [day])}`,
    z.object({ rows: z.coerce.number() }),
    { hdfs_throw_on_zero_files_match: 1, use_cache_for_count_from_files: 0 },
  );
  if (found?.rows !== 0)
    throw new Error(
      `${table.name}${day ? ` of ${day}` : ""} was read as empty and has ${found?.rows ?? "unknown"} rows`,
    );
}

/** @returns the number of rows of both. */
export async function guardContent(
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

/** Refuses a table whose rows are not as many as gold's run counted in the files that it wrote. */
export async function guardCounted(
  engine: Engine,
  table: Table,
  into: string,
  target: GoldCommit,
): Promise<void> {
  const [changed, counted] = [target.changed[table.name], target.rows[table.name]];
  if (changed === undefined || counted === undefined || changed.length === 0) return;
  const found = await countOf(engine, into, changed === "all" ? undefined : changed);
  if (found !== counted)
    throw new Error(
      `${table.name}: gold's run ${target.run} wrote ${counted} rows, ${found} were read from ${target.snapshot}`,
    );
}
