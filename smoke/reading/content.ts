import { z } from "zod";
import type { Table } from "../../lake/tables";
import { count, type Sql } from "./sql";

/** Size and checksum of a set of rows; equal for equal rows in any order. */
export interface Content {
  readonly rows: number;
  readonly checksum: string;
}

/** @param source a table's name, or a table function, with the columns of `table`. */
export async function contentOf(sql: Sql, table: Table, source: string): Promise<Content> {
  // A hash of a tuple is never null, and the hash of equal values of one type is equal.
  const columns = Object.keys(table.columns).join(", ");
  return sql.row(
    `SELECT count() AS rows, toString(sum(cityHash64(tuple(${columns})))) AS checksum FROM ${source}`,
    z.object({ rows: count, checksum: z.string() }),
  );
}

/** How two contents differ, in words; empty when they don't. */
export function difference(expected: Content, got: Content): string {
  if (expected.rows !== got.rows) return `${got.rows} rows`;
  return expected.checksum === got.checksum ? "" : `${got.rows} rows with other values`;
}
