import { z } from "zod";
import type { Table } from "../../lake/tables";
import { Mismatch } from "../outcome";
import type { LakeUnderTest } from "./lake-under-test";
import { inGold, type Progress } from "./progress";
import { count } from "./sql";

/** Proves that the newest gold snapshot has each key of a table once. Resolves with the number of rows. */
export async function goldKeys(lake: LakeUnderTest, table: Table, progress: Progress): Promise<string> {
  const record = inGold(progress);
  const folder = lake.layout.snapshotTable(record.snapshot, table.name);
  if (!(await lake.hdfs.exists(folder)))
    throw new Mismatch({
      expected: `${folder}, which gold's run ${record.run} published`,
      got: "no such folder on HDFS",
      look: "the log of gold (on one machine: refine)",
    });
  const key = table.key.join(", ");
  const source = lake.parquet.gold(record.snapshot, table);
  const { rows, keys } = await lake.sql.row(
    `SELECT count() AS rows, uniqExact(${key}) AS keys FROM ${source}`,
    z.object({ rows: count, keys: count }),
  );
  if (rows === keys) return `${rows} rows`;
  const [doubled] = await lake.sql.rows(
    `SELECT toString(tuple(${key})) AS key, count() AS times FROM ${source}
     GROUP BY ${key} HAVING times > 1 ORDER BY times DESC LIMIT 1`,
    z.object({ key: z.string(), times: count }),
  );
  throw new Mismatch({
    expected: `each ${key} once in gold's ${table.name}`,
    got: `${rows} rows of ${keys}; ${doubled?.key} is there ${doubled?.times} times`,
    look: folder,
  });
}
