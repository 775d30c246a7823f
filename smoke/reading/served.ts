import { z } from "zod";
import { clickhouseDatabase } from "../../lake/tables";
import { Mismatch } from "../outcome";
import type { LakeUnderTest } from "./lake-under-test";

const row = z.object({ name: z.string(), snapshot: z.string() });

/** The gold snapshot that each ClickHouse table says it shows, by the table's name. */
export async function servedSnapshots({ sql, options }: LakeUnderTest): Promise<ReadonlyMap<string, string>> {
  const look = `ClickHouse at ${options.endpoints.clickhouse} and the log of serve`;
  const { views } = await sql.row(
    `SELECT count() AS views FROM system.tables WHERE database = '${clickhouseDatabase}' AND name = 'served'`,
    z.object({ views: z.coerce.number() }),
  );
  if (views === 0)
    throw new Mismatch({
      expected: `the view ${clickhouseDatabase}.served, which serve makes when it starts`,
      got: "no such view",
      look,
    });
  const rows = await sql.rows(`SELECT name, snapshot FROM ${clickhouseDatabase}.served`, row);
  return new Map(rows.map(({ name, snapshot }) => [name, snapshot]));
}

/** The snapshot that a table shows; throws when the table is missing or shows none. */
export function snapshotOf(served: ReadonlyMap<string, string>, name: string): string {
  const snapshot = served.get(name);
  if (snapshot) return snapshot;
  throw new Mismatch({
    expected: `table ${clickhouseDatabase}.${name} with a snapshot of gold`,
    got: snapshot === undefined ? "no such table" : "a table to which nothing was published",
    look: "the log of serve and checkpoints/serve/commits",
  });
}
