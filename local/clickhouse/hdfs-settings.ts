import type { Xml } from "./xml";

/**
 * `dfs.default.replica` is libhdfs3's name for what everybody else calls `dfs.replication`. It would wait hours
 * for an HDFS that is gone, and a query that waits there can't be killed: milliseconds.
 */
export const hdfsSettings: Xml = {
  property: Object.entries({
    "dfs.client.use.datanode.hostname": "true",
    "dfs.replication": "1",
    "dfs.default.replica": "1",
    "rpc.client.connect.retry": "2",
    "rpc.client.connect.timeout": "5000",
    "rpc.client.read.timeout": "30000",
    "rpc.client.write.timeout": "30000",
    "rpc.client.timeout": "30000",
    "input.connect.timeout": "5000",
    "input.read.timeout": "30000",
    "input.write.timeout": "30000",
    "output.connect.timeout": "5000",
    "output.read.timeout": "30000",
    "output.write.timeout": "30000",
  }).map(([name, value]) => ({ name, value })),
};
