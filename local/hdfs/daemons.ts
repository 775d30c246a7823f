import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { javaCommand, type Command, type Jvm, type Launch } from "../jvm/launch";
import { hdfsSite, logSettings, webappStubs, type SiteOptions } from "./site";

export interface HdfsOptions extends SiteOptions {
  readonly jvm: Jvm;
  /** Folder for the configuration, which both daemons share. */
  readonly configFolder: string;
}

const heapMegabytes = 256;
const daemons = "org.apache.hadoop.hdfs.server";

/** The NameNode, whose folder is formatted once. */
export function namenode(options: HdfsOptions): Launch {
  const main = `${daemons}.namenode.NameNode`;
  return {
    files: files(options),
    format: command(options, main, ["-format", "-force", "-nonInteractive"]),
    isFormatted: () => holdsNamespace(options.namenodeFolder),
    start: command(options, main),
  };
}

/** The DataNode, which registers with the NameNode as soon as that answers. */
export function datanode(options: HdfsOptions): Launch {
  return { files: files(options), start: command(options, `${daemons}.datanode.DataNode`) };
}

function files(options: HdfsOptions): Record<string, string> {
  return {
    [join(options.configFolder, "hdfs.xml")]: hdfsSite(options),
    [join(options.configFolder, "log4j.properties")]: logSettings,
    ...webappStubs(options.configFolder),
  };
}

function command(options: HdfsOptions, main: string, args: readonly string[] = []): Command {
  const { jvm, configFolder } = options;
  return javaCommand(
    jvm,
    heapMegabytes,
    [`-Dlog4j.configuration=${pathToFileURL(join(configFolder, "log4j.properties")).href}`],
    [main, "-conf", join(configFolder, "hdfs.xml"), ...args],
    [configFolder],
  );
}

/** An interrupted format leaves VERSION, but neither an image nor edits: nothing is lost by formatting again. */
function holdsNamespace(namenodeFolder: string): boolean {
  const current = join(namenodeFolder, "current");
  return existsSync(current) && readdirSync(current).some((name) => /^(fsimage|edits)_\w*\d+$/.test(name));
}
