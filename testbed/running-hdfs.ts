import { join, resolve } from "node:path";
import { datanode, namenode } from "../local/hdfs/daemons";
import { waitForHdfs } from "../local/hdfs/ready";
import { silentProgress } from "../toolchain/progress";
import { setUpLake } from "../local/lake-toolchain";
import { freePorts } from "../local/jvm/free-ports";
import type { Launch } from "../local/jvm/launch";
import { startService, type Service } from "./service-processes";

export interface RunningHdfs {
  /** `hdfs://host:port` */
  readonly url: string;
  /** `http://host:port` */
  readonly webhdfs: string;
  readonly namenode: Service;
  readonly datanode: Service;
}

/** Starts an HDFS for a test. The services are added to `started`, even when a later one fails. */
export async function startHdfs(folder: string, started: Service[] = []): Promise<RunningHdfs> {
  const root = resolve(__dirname, "..");
  const { java, jars, archives } = await setUpLake({ root, env: process.env, progress: silentProgress });
  const [namenodeRpc = 0, namenodeHttp = 0, datanodeData = 0, datanodeIpc = 0, datanodeHttp = 0] =
    await freePorts(5);
  const options = {
    jvm: { java, classPath: jars.hdfs, archive: archives.hdfs },
    configFolder: join(folder, "config"),
    namenodeFolder: join(folder, "namenode"),
    datanodeFolder: join(folder, "datanode"),
    ports: { namenodeRpc, namenodeHttp, datanodeData, datanodeIpc, datanodeHttp },
  };
  const start = async (launch: Launch): Promise<Service> => {
    const service = await startService(launch);
    started.push(service);
    return service;
  };
  const services = {
    namenode: await start(namenode(options)),
    datanode: await start(datanode(options)),
  };
  const webhdfs = `http://127.0.0.1:${namenodeHttp}`;
  await waitForHdfs(webhdfs, AbortSignal.timeout(120_000));
  return { url: `hdfs://127.0.0.1:${namenodeRpc}`, webhdfs, ...services };
}
