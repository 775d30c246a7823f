import { join } from "node:path";
import { pathToFileURL } from "node:url";

export interface HdfsPorts {
  readonly namenodeRpc: number;
  readonly namenodeHttp: number;
  readonly datanodeData: number;
  readonly datanodeIpc: number;
  readonly datanodeHttp: number;
}

export interface SiteOptions {
  readonly ports: HdfsPorts;
  readonly namenodeFolder: string;
  readonly datanodeFolder: string;
}

const host = "127.0.0.1";

/** The settings of a NameNode with one DataNode, both on 127.0.0.1. */
function settings({ ports, namenodeFolder, datanodeFolder }: SiteOptions): Record<string, string> {
  const at = (port: number): string => `${host}:${port}`;
  return {
    "fs.defaultFS": `hdfs://${at(ports.namenodeRpc)}`,
    // The NameNode takes a URI, in which a space must be escaped; the DataNode takes a path, in which it must not.
    "dfs.namenode.name.dir": pathToFileURL(namenodeFolder).href,
    "dfs.datanode.data.dir": datanodeFolder,
    "dfs.namenode.rpc-address": at(ports.namenodeRpc),
    "dfs.namenode.http-address": at(ports.namenodeHttp),
    "dfs.datanode.address": at(ports.datanodeData),
    "dfs.datanode.ipc.address": at(ports.datanodeIpc),
    "dfs.datanode.http.address": at(ports.datanodeHttp),
    "dfs.datanode.hostname": host,
    "dfs.client.use.datanode.hostname": "true",
    "dfs.replication": "1",
    // Every user of the machine may read and write its lake.
    "dfs.permissions.enabled": "false",
    "dfs.webhdfs.enabled": "true",
    // There is only one DataNode: when it has reported its blocks, there is nothing to wait for.
    "dfs.namenode.safemode.extension": "0",
    "dfs.heartbeat.interval": "1",
    "dfs.blockreport.initialDelay": "0",
    // A file may be closed before the replica of its last block is reported; otherwise a close waits for a heartbeat.
    "dfs.namenode.file.close.num-committed-allowed": "1",
    "dfs.client.block.write.locateFollowingBlock.initial.delay.ms": "20",
    "dfs.namenode.fs-limits.min-block-size": "1024",
    "dfs.namenode.handler.count": "8",
    "dfs.datanode.handler.count": "4",
    // No space is reserved: the disk check of `npm start` is the limit.
    "dfs.datanode.du.reserved": "0",
  };
}

export function hdfsSite(options: SiteOptions): string {
  const properties = Object.entries(settings(options)).map(
    ([name, value]) => `  <property><name>${escape(name)}</name><value>${escape(value)}</value></property>`,
  );
  return `<configuration>\n${properties.join("\n")}\n</configuration>\n`;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Files that Hadoop's web server needs on the class path; without them NameNode and DataNode refuse to start. */
export function webappStubs(configFolder: string): Record<string, string> {
  return Object.fromEntries(
    ["hdfs", "datanode"].map((app) => [
      join(configFolder, "webapps", app, "WEB-INF", "web.xml"),
      "<web-app/>\n",
    ]),
  );
}

export const logSettings = `log4j.rootLogger=WARN,console
log4j.appender.console=org.apache.log4j.ConsoleAppender
log4j.appender.console.layout=org.apache.log4j.PatternLayout
log4j.appender.console.layout.ConversionPattern=%d{ISO8601} %p %m (%c{1})%n
`;
