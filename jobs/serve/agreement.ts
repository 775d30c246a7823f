import { z } from "zod";
import type { Table } from "../../lake/tables";
import type { Engine } from "./engine";

/** Size and content of a set of rows; equal for equal rows in any order. */
export interface Content {
  readonly rows: number;
  /** Sum of a hash of every row, over all columns. */
  readonly checksum: string;
}

const contentRow = z.object({ rows: z.coerce.number(), checksum: z.string() });

/** SQL condition for the rows of `days`, which are validated `YYYY-MM-DD`. */
export function ofDays(days: readonly string[]): string {
  return `event_date IN (${days.map((day) => `'${day}'`).join(", ")})`;
}

/**
 * Content of `name`, a table with the columns of `table`.
 * @param days only rows of these days; all rows when absent.
 */
export async function contentOf(
  engine: Engine,
  table: Table,
  name: string,
  days?: readonly string[],
): Promise<Content> {
  // The hash of several columns is null when one of them is, and a sum skips nulls; the hash of a tuple is never null.
  const columns = Object.keys(table.columns).join(", ");
  const [content] = await engine.rows(
    `SELECT count() AS rows, toString(sum(cityHash64(tuple(${columns})))) AS checksum FROM ${name}
     ${days ? `WHERE ${ofDays(days)}` : ""}`,
    contentRow,
    // ClickHouse caches a file's count by its path, and a rebuilt lake has other files at the same paths.
    { use_cache_for_count_from_files: 0 },
  );
  if (!content) throw new Error(`ClickHouse counted nothing in ${name}`);
  return content;
}

/** Rows of a MergeTree table, or of some days of it. */
export async function countOf(engine: Engine, name: string, days?: readonly string[]): Promise<number> {
  const [count] = await engine.rows(
    `SELECT count() AS rows FROM ${name} ${days ? `WHERE ${ofDays(days)}` : ""}`,
    z.object({ rows: z.coerce.number() }),
  );
  if (!count) throw new Error(`ClickHouse counted nothing in ${name}`);
  return count.rows;
}

/** How two contents differ, in words; empty when they are equal. */
export function disagreement(zeroCopy: Content, imported: Content): string {
  if (zeroCopy.rows !== imported.rows) return `zero-copy ${zeroCopy.rows} rows, imported ${imported.rows}`;
  return zeroCopy.checksum === imported.checksum ? "" : `${zeroCopy.rows} rows on both paths, other values`;
}
