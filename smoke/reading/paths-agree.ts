import { setTimeout as sleep } from "node:timers/promises";
import { clickhouseDatabase, importedTable, zeroCopyTable, type Table } from "../../lake/tables";
import { Mismatch } from "../outcome";
import { contentOf, difference } from "./content";
import type { LakeUnderTest } from "./lake-under-test";
import { servedSnapshots, snapshotOf } from "./served";

const liveReads = 5;
const pauseSeconds = 2;

/**
 * Reads both ClickHouse paths of a table, several times while the lake is live. Each read must be answered; reads that
 * show the same snapshot must have equal rows. Resolves with how many were compared.
 */
export async function pathsAgree(lake: LakeUnderTest, table: Table): Promise<string> {
  const reads = lake.options.settled ? 1 : liveReads;
  let compared = 0;
  let rows = 0;
  // A publish may come between the two reads, and there is nothing to compare: then read again, up to three times as often.
  for (let read = 0; read < reads || (compared === 0 && read < reads * 3); read += 1) {
    if (read > 0) await sleep(pauseSeconds * 1000);
    const before = await shown(lake, table);
    const zeroCopy = await contentOf(lake.sql, table, `${clickhouseDatabase}.${zeroCopyTable(table)}`);
    const imported = await contentOf(lake.sql, table, `${clickhouseDatabase}.${importedTable(table)}`);
    const after = await shown(lake, table);
    if (
      before.zeroCopy !== after.imported ||
      before.imported !== after.zeroCopy ||
      before.zeroCopy !== before.imported
    )
      continue;
    const wrong = difference(zeroCopy, imported);
    if (wrong)
      throw new Mismatch({
        expected: `${importedTable(table)} to be ${zeroCopyTable(table)}: ${zeroCopy.rows} rows of snapshot ${before.zeroCopy}`,
        got: wrong,
        look: "the log of serve",
      });
    compared += 1;
    rows = imported.rows;
  }
  if (compared === 0) {
    const { zeroCopy, imported } = await shown(lake, table);
    throw new Mismatch({
      expected: `both paths of ${table.name} to show one snapshot at some time`,
      got: `${zeroCopyTable(table)} shows ${zeroCopy}, ${importedTable(table)} shows ${imported}`,
      look: "the log of serve and checkpoints/serve/commits",
    });
  }
  return `${rows} rows, ${compared} ${compared === 1 ? "read" : "reads"}`;
}

async function shown(lake: LakeUnderTest, table: Table): Promise<{ zeroCopy: string; imported: string }> {
  const served = await servedSnapshots(lake);
  return {
    zeroCopy: snapshotOf(served, zeroCopyTable(table)),
    imported: snapshotOf(served, importedTable(table)),
  };
}
