import { z } from "zod";
import {
  clickhouseDatabase,
  importedDdl,
  importedTable,
  zeroCopyDdl,
  zeroCopyTable,
  type Table,
} from "../../lake/tables";
import type { Engine } from "./engine";
import { servedComment } from "./served";

/** The names of a table that readers see and of the staged table beside it. */
export interface Staged {
  readonly live: string;
  readonly next: string;
}

/** Names of a table that readers see and of the one that will replace it. */
export function staged(name: string): Staged {
  return { live: `${clickhouseDatabase}.${name}`, next: `${clickhouseDatabase}._next_${name}` };
}

/** A view of what every gold table serves now, from the note that serve leaves in the table's comment. */
const servedView = `CREATE OR REPLACE VIEW ${clickhouseDatabase}.served AS
SELECT
    name,
    if(engine = 'MergeTree', 'imported', 'zero-copy') AS path,
    extract(comment, '; snapshot (\\\\S+), ') AS snapshot,
    toUInt64OrNull(extract(comment, ', gold run (\\\\d+), ')) AS gold_run,
    extract(comment, ', committed (\\\\S+)$') AS committed_at
FROM system.tables
WHERE database = '${clickhouseDatabase}' AND startsWith(name, 'gold_')`;

/** Creates both ClickHouse tables of each gold table, empty, so that readers find them before the first publish. */
export async function createMissing(
  engine: Engine,
  tables: readonly Table[],
  nothing: (table: Table) => string,
): Promise<void> {
  await engine.run(`CREATE DATABASE IF NOT EXISTS ${clickhouseDatabase}`);
  await engine.run(servedView);
  const ifMissing = (ddl: string): string => ddl.replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS");
  for (const table of tables) {
    const comment = servedComment(table, undefined);
    await engine.run(ifMissing(importedDdl(table, staged(importedTable(table)).live, comment)));
    await engine.run(
      ifMissing(zeroCopyDdl(table, staged(zeroCopyTable(table)).live, nothing(table), comment)),
    );
  }
}

/** Drops the staged tables that a publish left beside the live ones. */
export async function sweep(engine: Engine): Promise<void> {
  const left = await engine.rows(
    `SELECT name FROM system.tables WHERE database = '${clickhouseDatabase}'
     AND (startsWith(name, '_next_gold_') OR startsWith(name, '_staging_gold_'))`,
    z.object({ name: z.string() }),
  );
  for (const { name } of left) await engine.run(`DROP TABLE IF EXISTS ${clickhouseDatabase}.${name}`);
}
