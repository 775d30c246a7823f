import { clickhouseDatabase } from "../../lake/tables";
import type { Engine } from "../serve/engine";
import { nameOf, type Backups } from "./backups";
import { megabytes } from "./megabytes";
import { backupDisk, runningOperations, runOperation } from "./operation";
import { Refused } from "./refused";

/**
 * Backs up the lake's database, then deletes the oldest backups and the incomplete ones.
 * @param keep how many complete backups to keep
 * @throws Refused while ClickHouse runs another backup or a restore
 */
export async function makeBackup(
  engine: Engine,
  backups: Backups,
  keep: number,
  say: (line: string) => void,
): Promise<void> {
  const [busy] = await runningOperations(engine);
  if (busy !== undefined) throw new Refused(`nothing was copied: ${busy}`);
  const name = nameOf(new Date());
  await runOperation(
    engine,
    `BACKUP DATABASE ${clickhouseDatabase} TO Disk('${backupDisk}', '${name}')`,
    (line) => say(`${name}: ${line}`),
  );
  const all = backups.list();
  const whole = all.filter(({ isWhole }) => isWhole);
  const made = whole.find((backup) => backup.name === name);
  if (!made)
    throw new Error(
      `ClickHouse says that it made ${name}, and it is not in the folder: is --folder the disk '${backupDisk}' of this ClickHouse?`,
    );
  say(`${name}: ${megabytes(made.bytes)}`);
  for (const old of [...whole.slice(keep), ...all.filter(({ isWhole }) => !isWhole)]) {
    await backups.remove(old.name);
    say(`${old.name}: deleted, ${old.isWhole ? `as the newest ${keep} are kept` : "as it was broken off"}`);
  }
}
