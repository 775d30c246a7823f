import { join } from "node:path";
import type { DataDirectory } from "./data-directory";
import { hdfsLimits } from "./hdfs-settings";
import type { Xml } from "./xml";

export interface ServerLimits {
  /** Memory for queries, merges and caches together, in addition to the ~250 MB that the engine itself needs. */
  readonly memoryMegabytes: number;
  /** Queries that run at once; further ones wait in a queue. */
  readonly sessions: number;
}

const longestLine = 500;
/** Each connection reserves 3 MB, most of which is never touched. */
const connectionsMegabytes = 2048;
/** As in ClickHouse's own config.xml: web pages of other origins may send queries. */
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
    // With the engine's default of two threads, every merge logs a warning.
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
      // Users look for the outcome of a query at once.
      flush_interval_milliseconds: 1000,
      ttl: "event_date + INTERVAL 3 DAY DELETE",
    },
  };
}

/**
 * The engine's first script: it creates the queue in which queries wait, opens the ports, and writes a file when it has.
 * @param sessions queries that run at once
 * @param native whether to serve ClickHouse's native protocol, too
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

/** The engine's last script, when it is told to end. The engine itself gives running queries time to finish. */
export const lastScript = "SYSTEM FLUSH LOGS;\n";
