import { clickhouseDatabase } from "../../lake/tables";
import type { Engine } from "../serve/engine";
import { failureLine } from "../serve/failure";
import type { Backups } from "./backups";
import { contentOfDatabase, dropDatabase } from "./database";
import { backupDisk, runningOperations, runOperation } from "./operation";
import { Refused } from "./refused";

/** Database that holds the lake's earlier tables until a restore has succeeded. */
const replaced = `${clickhouseDatabase}_replaced`;

export interface Restore {
  readonly name: string;
  /** Whether the backup may replace existing rows. */
  readonly replace: boolean;
}

/** @throws Refused when the backup can't be restored now */
export async function checkRestore(
  engine: Engine,
  backups: Backups,
  { name, replace }: Restore,
): Promise<void> {
  backups.whole(name);
  const [busy] = await runningOperations(engine);
  if (busy !== undefined) throw new Refused(`nothing was restored: ${busy}`);
  if (replace) return;
  if (await contentOfDatabase(engine, replaced))
    throw new Refused(
      `nothing was restored: an earlier restore was cut off, and ${replaced} holds what was there before it. Say --replace to put that back and restore ${name} in its place`,
    );
  const there = await contentOfDatabase(engine, clickhouseDatabase);
  if (there && there.rows > 0)
    throw new Refused(
      `nothing was restored: ${clickhouseDatabase} holds ${there.rows} rows in ${there.tables} tables. Say --replace to have ${name} in their place`,
    );
}

/** Puts the database `before` back under the lake's name; when it is undefined, the lake's database is only dropped. */
async function putBack(engine: Engine, before: string | undefined): Promise<void> {
  await dropDatabase(engine, clickhouseDatabase);
  if (before !== undefined) await engine.run(`RENAME DATABASE ${before} TO ${clickhouseDatabase}`);
}

/**
 * Replaces the lake's database by a backup. The old database is kept under another name; it comes back when the restore
 * fails, and is dropped when the restore has succeeded.
 * @throws Refused before anything is changed; Error with ClickHouse's message when it fails
 */
export async function restoreBackup(
  engine: Engine,
  backups: Backups,
  restore: Restore,
  say: (line: string) => void,
): Promise<void> {
  await checkRestore(engine, backups, restore);
  const { name } = restore;
  if (await contentOfDatabase(engine, replaced)) {
    await putBack(engine, replaced);
    say(`what an earlier restore that was cut off had set aside is ${clickhouseDatabase} again`);
  }
  const before = (await contentOfDatabase(engine, clickhouseDatabase)) ? replaced : undefined;
  if (before !== undefined) await engine.run(`RENAME DATABASE ${clickhouseDatabase} TO ${before}`);
  try {
    await runOperation(
      engine,
      `RESTORE DATABASE ${clickhouseDatabase} FROM Disk('${backupDisk}', '${name}')`,
      (line) => say(`${name}: ${line}`),
    );
  } catch (error) {
    await putBack(engine, before);
    throw new Error(`${name} was not restored, all is as it was: ${failureLine(error)}`, { cause: error });
  }
  const restored = await contentOfDatabase(engine, clickhouseDatabase);
  say(`${name}: restored, ${restored?.rows ?? 0} rows in ${restored?.tables ?? 0} tables`);
  if (before !== undefined) await dropDatabase(engine, before);
}
