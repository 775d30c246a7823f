import type { Xml } from "./xml";

/**
 * How long libhdfs3 waits, in milliseconds; the chart `clickhouse` has the same values. They are in the server's own
 * configuration, because the server overrides the `input` ones of libhdfs3's file with a minute. Without the others a
 * query would wait hours for an HDFS that is gone, and could not be killed.
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

/** libhdfs3's own file. It calls `dfs.default.replica` what other clients call `dfs.replication`. */
export const hdfsSettings: Xml = {
  property: Object.entries({
    "dfs.client.use.datanode.hostname": "true",
    "dfs.replication": "1",
    "dfs.default.replica": "1",
  }).map(([name, value]) => ({ name, value })),
};
