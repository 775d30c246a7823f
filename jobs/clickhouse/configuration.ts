import { join } from "node:path";
import type { DataDirectory } from "./data-directory";
import { hdfsLimits } from "./hdfs-settings";
import type { Xml } from "./xml";

export interface ServerLimits {
  /** What queries, merges and caches may take together, above the ~250 MB the engine needs to be there. */
  readonly memoryMegabytes: number;
  /** Queries that run at once; more wait in line. */
  readonly sessions: number;
}

const longestLine = 500;
/** Each connection reserves 3 MB, most of which is never touched. */
const connectionsMegabytes = 2048;
/** As in ClickHouse's own config.xml: pages of other origins may ask. */
const corsHeaders = [
  ["Access-Control-Allow-Origin", "*"],
  [
    "Access-Control-Allow-Headers",
    "origin, x-requested-with, x-clickhouse-format, x-clickhouse-user, x-clickhouse-key, Authorization",
  ],
  ["Access-Control-Allow-Methods", "POST, GET, OPTIONS"],
  ["Access-Control-Max-Age", "86400"],
] as const;
const caches = 16 * 1024 * 1024;

/** ClickHouse's config.xml. Paths are absolute. */
export function serverConfiguration(
  { engine, backups }: DataDirectory,
  usersFile: string,
  { memoryMegabytes }: ServerLimits,
): Xml {
  return {
    users_config: usersFile,
    workload_path: join(engine, "workload"),
    max_server_memory_usage: (memoryMegabytes + connectionsMegabytes) * 1024 * 1024,
    mark_cache_size: caches,
    index_mark_cache_size: caches / 4,
    uncompressed_cache_size: caches / 4,
    query_condition_cache_size: caches / 4,
    mmap_cache_size: 100,
    // With the two threads that the engine has of itself, every merge is a warning in its log.
    background_schedule_pool_size: 8,
    keep_alive_timeout: 10,
    http_options_response: { header: corsHeaders.map(([name, value]) => ({ name, value })) },
    hdfs: hdfsLimits,
    ...(backups !== undefined && {
      storage_configuration: { disks: { backups: { type: "local", path: `${backups}/` } } },
      backups: { allowed_disk: "backups" },
    }),
    query_log: {
      database: "system",
      table: "query_log",
      // Who asks what became of a query asks at once.
      flush_interval_milliseconds: 1000,
      ttl: "event_date + INTERVAL 3 DAY DELETE",
    },
  };
}

/**
 * What the engine runs first: it makes the line in which queries wait, opens the ports, and says so in a file.
 * @param sessions queries that run at once
 * @param native whether ClickHouse's native protocol is to be served, too
 */
export function firstScript(sessions: number, native: boolean, listeningFile: string): string {
  const statements = [
    "CREATE RESOURCE IF NOT EXISTS queries (QUERY)",
    "CREATE OR REPLACE WORKLOAD everything",
    `CREATE OR REPLACE WORKLOAD default IN everything SETTINGS max_concurrent_queries = ${sessions}, max_waiting_queries = ${longestLine}`,
    "SYSTEM START LISTEN HTTP",
    ...(native ? ["SYSTEM START LISTEN TCP"] : []),
    `SELECT version() AS version, getServerPort('http_port') AS http${native ? ", getServerPort('tcp_port') AS native" : ""} ` +
      `INTO OUTFILE '${listeningFile}' FORMAT JSONEachRow`,
  ];
  return `${statements.join(";\n")};\n`;
}

/** What it runs when it is told to end. Queries that are under way are given time by the engine itself. */
export const lastScript = "SYSTEM FLUSH LOGS;\n";
