import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Where one local ClickHouse keeps its things. All paths are absolute. */
export interface DataDirectory {
  /** The engine's own: tables and parts. */
  readonly engine: string;
  /** What does not fit in memory while a query sorts or groups. */
  readonly engineScratch: string;
  /** Request bodies and results on their way; emptied at each start. */
  readonly spool: string;
  /** The engine's configuration, written anew at each start. */
  readonly config: string;
  /** libhdfs3's configuration, likewise. */
  readonly hdfsConfig: string;
}

export interface EngineSettings {
  /** What queries, merges and caches may take together, above the ~250 MB the engine needs to be there. */
  readonly memoryMegabytes: number;
  /** Folder of the disk `backups`, for BACKUP and RESTORE; without one there are no backups. */
  readonly backups?: string | undefined;
}

/**
 * How long libhdfs3 waits, in milliseconds; the chart `clickhouse` says the same. In the engine's own configuration, as the
 * engine overrules what libhdfs3's file says of `input` with a minute of its own. Without the others it would wait hours
 * for an HDFS that is gone, and a query that waits there can't be killed.
 */
export const hdfsLimits = {
  rpc_client_connect_timeout: 5000,
  rpc_client_read_timeout: 30_000,
  rpc_client_write_timeout: 30_000,
  input_connect_timeout: 5000,
  input_read_timeout: 30_000,
  input_write_timeout: 30_000,
  output_connect_timeout: 5000,
  output_read_timeout: 30_000,
  output_write_timeout: 30_000,
  rpc_client_connect_retry: 2,
  rpc_client_timeout: 30_000,
} as const;

function backupElements(folder: string): string[] {
  return [
    `  <storage_configuration><disks><backups><type>local</type><path>${folder}/</path></backups></disks></storage_configuration>`,
    "  <backups><allowed_disk>backups</allowed_disk></backups>",
  ];
}

function engineConfig(directory: DataDirectory, { memoryMegabytes, backups }: EngineSettings): string {
  const caches = 16 * 1024 * 1024;
  const settings = {
    max_server_memory_usage: memoryMegabytes * 1024 * 1024,
    mark_cache_size: caches,
    index_mark_cache_size: caches / 4,
    uncompressed_cache_size: caches / 4,
    query_condition_cache_size: caches / 4,
    mmap_cache_size: 100,
    tmp_path: directory.engineScratch,
  };
  const elements = (values: Readonly<Record<string, string | number>>) =>
    Object.entries(values).map(([name, value]) => `  <${name}>${value}</${name}>`);
  const lines = [
    ...elements(settings),
    ...["  <hdfs>", ...elements(hdfsLimits), "  </hdfs>"],
    ...(backups === undefined ? [] : backupElements(backups)),
  ];
  return `<clickhouse>\n${lines.join("\n")}\n</clickhouse>\n`;
}

/** `dfs.default.replica` is libhdfs3's name for what everybody else calls `dfs.replication`. */
const hdfsSettings = {
  "dfs.client.use.datanode.hostname": "true",
  "dfs.default.replica": "1",
};

function hdfsConfig(): string {
  const properties = Object.entries(hdfsSettings).map(
    ([name, value]) => `  <property><name>${name}</name><value>${value}</value></property>`,
  );
  return `<configuration>\n${properties.join("\n")}\n</configuration>\n`;
}

/** The engine's lock dies with its process, but the file that names the process stays. */
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

/** Says in one line why the engine did not open its directory. */
export function whyNotOpened(directory: DataDirectory, thrown: unknown): Error {
  const pid = holder(directory.engine);
  if (pid === undefined) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return new Error(`The engine does not open ${directory.engine}: ${reason}`, { cause: thrown });
  }
  return new Error(
    `The data directory ${directory.engine} is held by process ${pid}: one process at a time may use it. Stop that one, or give another directory with --data.`,
    { cause: thrown },
  );
}

function usablePath(option: string, path: string): string {
  const root = resolve(path);
  if (!/[*?{}[\]'\\<>&]/.test(root)) return root;
  throw new Error(
    `${option} ${root}: none of * ? { } [ ] ' \\ < > & may be in the path, the engine reads them as patterns or as markup`,
  );
}

/**
 * Makes the directory ready, without touching what the engine keeps in it.
 * @throws Error when a path can't be used
 */
export function prepareDataDirectory(path: string, settings: EngineSettings): DataDirectory {
  const root = usablePath("--data", path);
  const backups = settings.backups === undefined ? undefined : usablePath("--backups", settings.backups);
  const directory = {
    engine: join(root, "engine"),
    engineScratch: join(root, "scratch"),
    spool: join(root, "spool"),
    config: join(root, "engine.xml"),
    hdfsConfig: join(root, "hdfs-client.xml"),
  };
  mkdirSync(directory.engine, { recursive: true });
  mkdirSync(directory.engineScratch, { recursive: true });
  if (backups !== undefined) mkdirSync(backups, { recursive: true });
  writeFileSync(directory.config, engineConfig(directory, { ...settings, backups }));
  writeFileSync(directory.hdfsConfig, hdfsConfig());
  return directory;
}

/** Removes what a killed predecessor left. To be called by the process that holds the engine. */
export function emptySpool(directory: DataDirectory): void {
  rmSync(directory.spool, { recursive: true, force: true });
  mkdirSync(directory.spool);
}

/** @returns paths of new named pipes. Node has no call for it. */
export function makePipes(directory: DataDirectory, count: number): readonly string[] {
  const paths = Array.from({ length: count }, (_, index) => join(directory.spool, `result-${index}`));
  execFileSync("mkfifo", ["-m", "600", ...paths]);
  return paths;
}
