import type { Profile } from "../../profiles";
import type { ChartHdfs } from "../../profiles/schema/hdfs";
import type { JvmSize } from "../../profiles/schema/size";
import { storageValues } from "../constructs/storage-values";
import type { Values } from "../constructs/release";
import { partOf } from "../labels";
import { resourcesOf } from "../quantities";

interface Daemon {
  readonly size: JvmSize;
  readonly storage: ChartHdfs["nameNode"]["storage"];
}

function daemon({ size, storage }: Daemon) {
  return {
    heapMebibytes: size.heapMebibytes,
    resources: resourcesOf(size),
    storage: storageValues(storage),
  };
}

/** Values of `charts/hdfs`. */
export function hdfsValues(profile: Profile, hdfs: ChartHdfs): Values {
  return {
    image: profile.images.hdfs,
    imagePullSecrets: profile.images.pullSecrets.map((name) => ({ name })),
    commonLabels: partOf,
    clusterDomain: profile.cluster.domain,
    ha: hdfs.ha,
    nameservice: hdfs.nameservice,
    replication: hdfs.replication,
    zoneSpread: hdfs.zones,
    lake: { path: profile.lake.root, owner: profile.lake.user },
    namenode: daemon(hdfs.nameNode),
    datanode: { replicas: hdfs.dataNodes, ...daemon(hdfs.dataNode) },
    journalnode: daemon(hdfs.journalNode),
    zookeeper: daemon(hdfs.zooKeeper),
    metrics: { enabled: profile.observability.enabled },
  };
}
