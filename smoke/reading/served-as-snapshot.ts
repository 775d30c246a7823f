import { clickhouseDatabase, importedTable, zeroCopyTable, type Table } from "../../lake/tables";
import { Mismatch } from "../outcome";
import { contentOf, difference } from "./content";
import type { LakeUnderTest } from "./lake-under-test";
import { servedSnapshots, snapshotOf } from "./served";

/**
 * Proves that a ClickHouse table returns exactly the rows of the snapshot that it names, and, once the sources have
 * stopped, that this snapshot is the newest. Resolves with the number of rows.
 */
export async function servedAsSnapshot(
  lake: LakeUnderTest,
  table: Table,
  path: "zero-copy" | "imported",
): Promise<string> {
  const name = path === "imported" ? importedTable(table) : zeroCopyTable(table);
  const snapshot = snapshotOf(await servedSnapshots(lake), name);
  const { gold, serve } = await lake.progress.read();
  const newest = gold.at(-1);
  if (lake.options.settled && newest && newest.snapshot !== snapshot)
    throw new Mismatch({
      expected: `${name} to show snapshot ${newest.snapshot} of gold's run ${newest.run}, the newest`,
      got: `snapshot ${snapshot}; serve's newest publish is ${serve.at(-1)?.publish ?? "none"}`,
      look: "the log of serve",
    });
  const held = await contentOf(lake.sql, table, lake.parquet.gold(snapshot, table));
  const answered = await contentOf(lake.sql, table, `${clickhouseDatabase}.${name}`);
  const wrong = difference(held, answered);
  if (wrong)
    throw new Mismatch({
      expected: `${held.rows} rows of ${clickhouseDatabase}.${name}, those of gold snapshot ${snapshot}`,
      got: wrong,
      look: `${lake.layout.snapshotTable(snapshot, table.name)} and the log of serve`,
    });
  return `${answered.rows} rows`;
}
