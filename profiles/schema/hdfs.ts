import { z } from "zod";
import { jvmSize, storage } from "./size";
import { absolutePath, cidrs, configMapName, httpUrl, name, switchedOn, whole } from "./words";

const daemon = z.strictObject({ size: jvmSize, storage });

const chart = z.strictObject({
  mode: z.literal("chart"),
  ha: switchedOn.describe("2 NameNodes, 3 JournalNodes and 3 ZooKeepers; can't be changed later"),
  nameservice: name.describe("name of the HA pair in hdfs://<name>"),
  replication: whole(1, 9).describe("copies of each block"),
  zones: switchedOn.describe("spread the pods over zones, not only over nodes"),
  dataNodes: whole(1, 1000),
  nameNode: daemon,
  dataNode: daemon,
  journalNode: daemon,
  zooKeeper: daemon,
});

const external = z.strictObject({
  mode: z.literal("external"),
  uri: z.string().regex(/^hdfs:\/\/[^/\s]+$/, "allowed: hdfs://host:port or hdfs://nameservice"),
  webhdfs: z.array(httpUrl).min(1, "allowed: WebHDFS of each NameNode"),
  clientConfigMap: configMapName.describe("ConfigMap with core-site.xml and hdfs-site.xml"),
  cidrs: cidrs.describe("addresses of every NameNode and DataNode; clients may reach no others"),
  ports: z.strictObject({
    nameNode: whole(1, 65_535),
    nameNodeHttp: whole(1, 65_535),
    dataNode: whole(1, 65_535),
    dataNodeHttp: whole(1, 65_535),
  }),
});

export const hdfs = z
  .discriminatedUnion("mode", [chart, external], "allowed modes: chart, external")
  .refine(
    (hdfs) => hdfs.mode !== "chart" || hdfs.replication <= hdfs.dataNodes,
    "allowed: a replication of at most the number of dataNodes",
  );

export type Hdfs = z.infer<typeof hdfs>;
export type ChartHdfs = z.infer<typeof chart>;

export const lake = z.strictObject({
  root: absolutePath.describe("the lake's root on HDFS"),
  user: name.describe("HDFS user that owns the root; the jobs act as this user"),
});
