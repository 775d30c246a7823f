import { createHash } from "node:crypto";
import type { Xml } from "./xml";

/** A user who logs in with a password. */
export interface Account {
  readonly user: string;
  readonly password: string;
  /** May only read: tables, except the log of other users' queries, and HDFS. May set settings for a query. */
  readonly readOnly: boolean;
}

const everywhere = { ip: "::/0" };
const loopback = { ip: ["::1", "127.0.0.1"] };

const profilesOf = (memoryMegabytes: number) => ({
  default: {
    max_threads: 2,
    // The server-wide limit also counts the buffers of waiting connections: it would refuse these, or end the server.
    max_memory_usage_for_user: memoryMegabytes * 1024 * 1024,
    // Bounds the memory of INSERT … SELECT.
    min_insert_block_size_bytes: 64 * 1024 * 1024,
    // A server's defaults, which differ in clickhouse-local: `1 + 1` is no query, and memory addresses are not shown.
    implicit_select: 0,
    allow_introspection_functions: 0,
  },
  reader: { readonly: 2 },
  // Its queries are not logged, and don't wait in the queue of the others.
  attendant: { log_queries: 0, workload: "attendant" },
});

const readerGrants = [
  "GRANT SELECT, SHOW ON *.*",
  "REVOKE SELECT ON system.query_log",
  // For hdfs(…): whoever may read the lake's tables may read its files.
  "GRANT CREATE TEMPORARY TABLE ON *.*",
  "GRANT READ ON HDFS",
];

/** Only what the engine's scripts need: another program on this machine could connect as they do. */
const scriptGrants = [
  "GRANT SYSTEM LISTEN ON *.*",
  "GRANT SYSTEM FLUSH LOGS ON *.*",
  "GRANT CREATE RESOURCE, DROP RESOURCE, CREATE WORKLOAD, DROP WORKLOAD ON *.*",
];

const attendantGrants = ["GRANT SELECT ON system.processes", "GRANT KILL QUERY ON *.*"];

function hashed(password: string) {
  return { password_sha256_hex: createHash("sha256").update(password).digest("hex") };
}

function user({ password, readOnly }: Account): Xml {
  const common = { networks: everywhere, quota: "default", ...hashed(password) };
  return readOnly
    ? { ...common, profile: "reader", grants: { query: readerGrants } }
    : { ...common, profile: "default", access_management: 1 };
}

/** The user that the engine's own scripts run as, without a password: the engine allows no other. */
export const engineUser = "default";

/** The user as which this program looks for queries whose client has gone. */
export const attendant = "attendant";

/**
 * ClickHouse's users.xml.
 * @param accounts when empty, `default` may log in from everywhere with any password: only the address protects the server
 * @param memoryMegabytes memory that all queries of one user may take together
 */
export function users(accounts: readonly Account[], attendantPassword: string, memoryMegabytes: number): Xml {
  return {
    profiles: profilesOf(memoryMegabytes),
    quotas: { default: "" },
    users: {
      [engineUser]: {
        no_password: "",
        ...(accounts.length === 0
          ? { networks: everywhere, access_management: 1 }
          : { networks: loopback, grants: { query: scriptGrants } }),
        profile: "default",
        quota: "default",
      },
      ...Object.fromEntries(accounts.map((account) => [account.user, user(account)])),
      [attendant]: {
        ...hashed(attendantPassword),
        networks: loopback,
        profile: attendant,
        quota: "default",
        grants: { query: attendantGrants },
      },
    },
  };
}
