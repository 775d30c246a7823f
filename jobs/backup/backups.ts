import { existsSync, readdirSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { clickhouseDatabase } from "../../lake/tables";
import { Refused } from "./refused";

/** A backup on ClickHouse's disk `backups`. */
export interface Backup {
  readonly name: string;
  readonly madeAt: Date;
  /** Whether ClickHouse finished writing it: only then can it be restored. */
  readonly isWhole: boolean;
  readonly bytes: number;
}

/** Backups of older versions of this project are one `.zip` each. */
const backupName = new RegExp(
  `^${clickhouseDatabase}-(\\d{4})(\\d{2})(\\d{2})T(\\d{2})(\\d{2})(\\d{2})Z(\\.zip)?$`,
);

export function nameOf(madeAt: Date): string {
  return `${clickhouseDatabase}-${madeAt.toISOString().replace(/[-:]|\.\d+/g, "")}`;
}

function bytesOf(path: string): number {
  const entry = statSync(path);
  if (!entry.isDirectory()) return entry.size;
  return readdirSync(path).reduce((sum, name) => sum + bytesOf(join(path, name)), 0);
}

/** ClickHouse writes the file `.backup` of a folder last; while it writes an archive, there is a lock file beside it. */
function isWhole(path: string): boolean {
  return path.endsWith(".zip") ? !existsSync(`${path}.lock`) : existsSync(join(path, ".backup"));
}

/** The backups in a folder, newest first. */
export class Backups {
  /** @param folder path of ClickHouse's disk `backups` for this process */
  constructor(private readonly folder: string) {}

  /** @throws Refused when there is no such folder */
  list(): Backup[] {
    if (!existsSync(this.folder))
      throw new Refused(`--folder: got ${this.folder}, allowed: the folder of ClickHouse's disk of backups`);
    return readdirSync(this.folder)
      .flatMap((name) => {
        const [, year, month, day, hour, minute, second] = backupName.exec(name) ?? [];
        if (year === undefined) return [];
        const path = join(this.folder, name);
        const madeAt = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
        return [{ name, madeAt, isWhole: isWhole(path), bytes: bytesOf(path) }];
      })
      .sort((one, other) => other.madeAt.getTime() - one.madeAt.getTime());
  }

  /** @throws Refused when no backup has that name, or it is incomplete; the message names the existing ones */
  whole(name: string): Backup {
    const all = this.list();
    const found = all.find((backup) => backup.name === name);
    if (found?.isWhole === true) return found;
    const whole = all.filter(({ isWhole }) => isWhole).map((backup) => backup.name);
    const allowed = `allowed: ${whole.join(", ") || "none, as there is no whole backup"}`;
    throw new Refused(
      found === undefined
        ? `name: got '${name}', ${allowed}`
        : `name: got '${name}', which was broken off while it was made, ${allowed}`,
    );
  }

  async remove(name: string): Promise<void> {
    for (const path of [name, `${name}.lock`])
      await rm(join(this.folder, path), { recursive: true, force: true });
  }
}
