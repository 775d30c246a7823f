import { createHash } from "node:crypto";
import type { Xml } from "./xml";

/** A user who is let in with a password. */
export interface Account {
  readonly user: string;
  readonly password: string;
  /** Reads tables, all but the log of others' queries, and HDFS; may give settings with a query. */
  readonly readOnly: boolean;
}

const everywhere = { ip: "::/0" };
const loopback = { ip: ["::1", "127.0.0.1"] };

const profilesOf = (memoryMegabytes: number) => ({
  default: {
    max_threads: 2,
    // The server's own limit counts the buffers of waiting connections, too: it would refuse these, or end by it.
    max_memory_usage_for_user: memoryMegabytes * 1024 * 1024,
    // Bounds the memory of INSERT … SELECT.
    min_insert_block_size_bytes: 64 * 1024 * 1024,
    // A server's defaults, where clickhouse-local has others: `1 + 1` is no query, and memory addresses stay inside.
    implicit_select: 0,
    allow_introspection_functions: 0,
  },
  reader: { readonly: 2 },
  // In no log, and in no line with the queries of others.
  attendant: { log_queries: 0, workload: "attendant" },
});

const readerGrants = [
  "GRANT SELECT, SHOW ON *.*",
  "REVOKE SELECT ON system.query_log",
  // For hdfs(…): the lake's files may be read as its tables may.
  "GRANT CREATE TEMPORARY TABLE ON *.*",
  "GRANT READ ON HDFS",
];

/** What the engine's scripts need, and no more: another program on this machine could come as they do. */
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

/** Whom the engine's own scripts run as, with no password: nothing else can be set. */
export const engineUser = "default";

/** Whom this program is to the server while it looks for queries whose client has gone. */
export const attendant = "attendant";

/**
 * ClickHouse's users.xml.
 * @param accounts without any, `default` is let in from everywhere, whatever the password: the address is the lock
 * @param memoryMegabytes what the queries of one user may take together
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
