import { z } from "zod";
import { clickhouseDatabase } from "../../lake/tables";
import type { Engine } from "../serve/engine";
import type { Backups } from "./backups";
import { dropDatabase } from "./database";
import { backupDisk, runningOperations, runOperation } from "./operation";
import { Refused } from "./refused";

const rehearsal = `${clickhouseDatabase}_rehearsal`;

const table = z.object({ name: z.string(), rows: z.coerce.number() });
const check = z.object({ part_path: z.string(), is_passed: z.coerce.number(), message: z.string() });

/**
 * Restores a backup into a database of its own, reads every part of it, and drops it again: readers notice nothing.
 * @throws Refused when the backup can't be restored now; Error that names the table with a broken part
 */
export async function rehearseRestore(
  engine: Engine,
  backups: Backups,
  name: string,
  say: (line: string) => void,
): Promise<void> {
  backups.whole(name);
  const [busy] = await runningOperations(engine);
  if (busy !== undefined) throw new Refused(`nothing was rehearsed: ${busy}`);
  // Left by a rehearsal that was cut off.
  await dropDatabase(engine, rehearsal);
  try {
    await runOperation(
      engine,
      `RESTORE DATABASE ${clickhouseDatabase} AS ${rehearsal} FROM Disk('${backupDisk}', '${name}')`,
      (line) => say(`${name}: ${line}`),
    );
    const tables = await engine.rows(
      `SELECT name, total_rows AS rows FROM system.tables WHERE database = '${rehearsal}' AND engine LIKE '%MergeTree' ORDER BY name`,
      table,
    );
    for (const { name: of, rows } of tables) {
      const parts = await engine.rows(`CHECK TABLE ${rehearsal}.${of}`, check, {
        check_query_single_value_result: 0,
      });
      const broken = parts.find(({ is_passed }) => is_passed === 0);
      if (broken) throw new Error(`${name}: ${of} is broken: part ${broken.part_path}: ${broken.message}`);
      say(`${of}: ${rows} rows, ${parts.length} parts, all whole`);
    }
    say(`${name} can be restored`);
  } finally {
    await dropDatabase(engine, rehearsal);
  }
}
