import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Endpoints } from "../../lake/endpoints";

const leastFreeBytes = 2 * 1024 ** 3;

/** Where a local lake keeps its data, logs and addresses. All paths are absolute. */
export interface DataFolder {
  readonly root: string;
  readonly kafka: string;
  readonly namenode: string;
  readonly datanode: string;
  readonly clickhouse: string;
  readonly scratch: string;
  readonly logs: string;
  readonly endpoints: string;
  readonly pid: string;
}

export function dataFolder(path: string): DataFolder {
  const root = resolve(path);
  return {
    root,
    kafka: join(root, "kafka"),
    namenode: join(root, "namenode"),
    datanode: join(root, "datanode"),
    clickhouse: join(root, "clickhouse"),
    scratch: join(root, "scratch"),
    logs: join(root, "logs"),
    endpoints: join(root, "endpoints.json"),
    pid: join(root, "pid"),
  };
}

function runningPid(folder: DataFolder): number | undefined {
  try {
    const pid = Number(readFileSync(folder.pid, "utf8"));
    process.kill(pid, 0);
    return pid;
  } catch {
    return undefined;
  }
}

/**
 * Claims the folder for this lake. Throws an Error in one line when another lake runs on it, when `fresh` would delete a
 * folder that is not a lake's, or when the disk has too little space.
 */
export function takeDataFolder(folder: DataFolder, fresh: boolean): void {
  const pid = runningPid(folder);
  if (pid !== undefined) {
    throw new Error(
      `a lake already runs on ${folder.root} (process ${pid}): stop it, or choose another with --data DIR`,
    );
  }
  if (fresh && existsSync(folder.root)) {
    if (!existsSync(folder.logs)) {
      throw new Error(
        `--fresh would delete ${folder.root}, which is no lake's folder: remove it by hand, or choose another --data`,
      );
    }
    rmSync(folder.root, { recursive: true, force: true });
  }
  for (const path of [
    folder.kafka,
    folder.namenode,
    folder.datanode,
    folder.clickhouse,
    folder.scratch,
    folder.logs,
  ]) {
    mkdirSync(path, { recursive: true });
  }
  const { bavail, bsize } = statfsSync(folder.root);
  if (bavail * bsize < leastFreeBytes) {
    const free = (bavail * bsize) / 1024 ** 3;
    throw new Error(
      `the disk of ${folder.root} has ${free.toFixed(1)} GB free, at least 2 GB are needed: free some, or choose another disk with --data DIR`,
    );
  }
  writeFileSync(folder.pid, String(process.pid));
}

export function releaseDataFolder(folder: DataFolder): void {
  rmSync(folder.endpoints, { force: true });
  rmSync(folder.pid, { force: true });
}

export function writeEndpoints(folder: DataFolder, endpoints: Endpoints): void {
  writeFileSync(folder.endpoints, `${JSON.stringify(endpoints, null, 2)}\n`);
}
