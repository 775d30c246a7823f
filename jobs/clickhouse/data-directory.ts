import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Where one ClickHouse keeps its files. All paths are absolute. */
export interface DataDirectory {
  readonly root: string;
  /** The engine's own folder, with tables and parts. */
  readonly engine: string;
  /** Folder of the disk `backups`, for BACKUP and RESTORE; without one there are no backups. */
  readonly backups: string | undefined;
  /** Files that only this process needs, and only while it runs. */
  readonly run: string;
}

const runPrefix = "run-";

/** Otherwise the engine keeps the database `system` in memory, and its next start fails on the files of its query log. */
function keepSystemDatabase(engine: string): void {
  const metadata = join(engine, "metadata");
  const file = join(metadata, "system.sql");
  if (existsSync(file)) return;
  mkdirSync(metadata, { recursive: true });
  writeFileSync(file, `ATTACH DATABASE system UUID '${randomUUID()}'\nENGINE = Atomic\n`);
}

function usablePath(option: string, path: string): string {
  const absolute = resolve(path);
  if (!/[*?{}[\]'\\]/.test(absolute)) return absolute;
  throw new Error(
    `${option} ${absolute}: none of * ? { } [ ] ' \\ may be in the path, the engine reads them as patterns`,
  );
}

/**
 * Prepares the directory without touching what the engine or another process keeps in it.
 * @throws Error when a path can't be used
 */
export function prepareDataDirectory(path: string, backups?: string): DataDirectory {
  const root = usablePath("--data", path);
  const directory = {
    root,
    engine: join(root, "engine"),
    backups: backups === undefined ? undefined : usablePath("--backups", backups),
    run: join(root, `${runPrefix}${process.pid}`),
  };
  rmSync(directory.run, { recursive: true, force: true });
  mkdirSync(directory.engine, { recursive: true });
  mkdirSync(directory.run, { mode: 0o700 });
  if (directory.backups !== undefined) mkdirSync(directory.backups, { recursive: true });
  keepSystemDatabase(directory.engine);
  return directory;
}

/** Removes what killed predecessors left. Only the process that holds the engine's lock may call it. */
export function removeLeftovers({ root, run }: DataDirectory): void {
  const left = readdirSync(root).filter((name) => name.startsWith(runPrefix) && join(root, name) !== run);
  // The last three are of the project's former HTTP interface, from before the engine had one.
  for (const name of [...left, "spool", "scratch", "engine.xml"])
    rmSync(join(root, name), { recursive: true, force: true });
}

/** @returns the path of a new named pipe. Node has no call for it. */
export function makePipe(directory: DataDirectory, name: string): string {
  const path = join(directory.run, name);
  execFileSync("mkfifo", ["-m", "600", path]);
  return path;
}

/** The engine's lock ends with its process, but the file that names the process stays. */
function holder(engine: string): string | undefined {
  const status = join(engine, "status");
  if (!existsSync(status)) return undefined;
  const pid = /^PID: (\d+)/m.exec(readFileSync(status, "utf8"))?.[1];
  if (pid === undefined || Number(pid) === process.pid) return undefined;
  try {
    process.kill(Number(pid), 0);
    return pid;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM" ? pid : undefined;
  }
}

/** Says in one line why the engine ended before it listened. */
export function whyNotStarted({ engine }: DataDirectory): Error {
  const pid = holder(engine);
  return new Error(
    pid === undefined
      ? `The engine does not start on ${engine}: its own words stand above`
      : `The data directory ${engine} is held by process ${pid}: one process at a time may use it. Stop that one, or give another directory with --data.`,
  );
}
