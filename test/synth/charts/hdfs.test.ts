import { lint, refusal, renderChart, type RenderedChart } from "../../fixtures/render-chart";

jest.setTimeout(60_000);

const highlyAvailable = { ha: true, replication: 3, zoneSpread: true, datanode: { replicas: 5 } };
let single: RenderedChart;
let pair: RenderedChart;
beforeAll(async () => {
  single = await renderChart("hdfs");
  pair = await renderChart("hdfs", highlyAvailable);
});

const domain = (part: string) => `hdfs-${part}.lake.svc.cluster.local`;

test("passes helm lint", async () => {
  expect(await lint("hdfs")).toBe("");
});

describe("single", () => {
  test("is one NameNode and its DataNodes, without journals and ZooKeeper", () => {
    expect(single.names("StatefulSet")).toEqual(["hdfs-datanode", "hdfs-namenode"]);
    expect(single.names("Service").toSorted()).toEqual(["hdfs-datanode", "hdfs-namenode"]);
    expect(single.one("StatefulSet", "hdfs-namenode").spec).toMatchObject({ replicas: 1 });
    expect(single.pod("hdfs-namenode").spec.containers.map(({ name }) => name)).toEqual(["namenode", "lake"]);
  });

  test("clients are told the NameNode's name", () => {
    const address = `hdfs://hdfs-namenode-0.${domain("namenode")}:8020`;
    expect(single.settings("hdfs-client", "core-site.xml")).toEqual({ "fs.defaultFS": address });
    expect(single.settings("hdfs-client")).toMatchObject({
      "dfs.client.use.datanode.hostname": "true",
      "dfs.replication": "1",
    });
    expect(Object.keys(single.settings("hdfs-client")).join()).not.toContain("dfs.ha.");
  });
});

describe("highly available", () => {
  test("is two NameNodes, three journals, three ZooKeepers", () => {
    const replicas = Object.fromEntries(
      pair.all("StatefulSet").map(({ metadata, spec }) => [metadata.name, spec?.replicas]),
    );
    expect(replicas).toEqual({
      "hdfs-namenode": 2,
      "hdfs-journalnode": 3,
      "hdfs-zookeeper": 3,
      "hdfs-datanode": 5,
    });
  });

  test("each NameNode has its failover controller beside it", () => {
    expect(pair.pod("hdfs-namenode").spec.containers.map(({ name }) => name)).toEqual([
      "namenode",
      "lake",
      "zkfc",
    ]);
  });

  test("clients and ClickHouse are told both NameNodes by name", () => {
    const client = pair.settings("hdfs-client");
    expect(client).toMatchObject({
      "fs.defaultFS": "hdfs://lake",
      "dfs.nameservices": "lake",
      "dfs.ha.namenodes.lake": "hdfs-namenode-0,hdfs-namenode-1",
      "dfs.namenode.rpc-address.lake.hdfs-namenode-0": `hdfs-namenode-0.${domain("namenode")}:8020`,
      "dfs.namenode.rpc-address.lake.hdfs-namenode-1": `hdfs-namenode-1.${domain("namenode")}:8020`,
    });
    expect(client["dfs.client.failover.proxy.provider.lake"]).toMatch(/ConfiguredFailoverProxyProvider$/);
  });

  test("servers and clients soon leave the address of a pod that is gone, which refuses nothing", () => {
    for (const map of ["hdfs-client", "hdfs-config"])
      expect(pair.settings(map)).toMatchObject({
        "dfs.client.socket-timeout": "20000",
        "ipc.client.connect.timeout": "5000",
      });
    // Clients wait for the only DataNode, because there is no other.
    expect(single.settings("hdfs-client")).not.toHaveProperty(["dfs.client.socket-timeout"]);
  });

  test("the journals are a quorum of names, and the election does not wait for safe mode", () => {
    const server = pair.settings("hdfs-config");
    const journals = [0, 1, 2].map((ordinal) => `hdfs-journalnode-${ordinal}.${domain("journalnode")}:8485`);
    expect(server["dfs.namenode.shared.edits.dir"]).toBe(`qjournal://${journals.join(";")}/lake`);
    expect(server["dfs.ha.fencing.methods"]).toBe("shell(/bin/true)");
    // Two NameNodes that wait for each other at their start would never finish.
    expect(server).not.toHaveProperty(["dfs.ha.nn.not-become-active-in-safemode"]);
  });

  test("zones are kept apart when it is wished", () => {
    const rules = (chart: RenderedChart) =>
      chart
        .pod("hdfs-namenode")
        .spec.topologySpreadConstraints.map(({ topologyKey, whenUnsatisfiable }) => [
          topologyKey,
          whenUnsatisfiable,
        ]);
    expect(rules(pair)).toContainEqual(["topology.kubernetes.io/zone", "DoNotSchedule"]);
    expect(rules(single)).toEqual([["kubernetes.io/hostname", "ScheduleAnyway"]]);
  });
});

describe("both", () => {
  test("pods find each other before they are ready", () => {
    for (const chart of [single, pair])
      for (const { spec } of chart.all("Service"))
        expect(spec).toMatchObject({ clusterIP: "None", publishNotReadyAddresses: true });
  });

  test("no address is an IP", () => {
    for (const chart of [single, pair])
      for (const map of ["hdfs-client", "hdfs-config"])
        for (const [name, value] of Object.entries(chart.settings(map)))
          if (!name.endsWith("bind-host")) expect(value).not.toMatch(/\d+\.\d+\.\d+\.\d+/);
  });

  test("a twentieth of a DataNode's disk stays free, which the share alone would not do", () => {
    const server = single.settings("hdfs-config");
    expect(server["dfs.datanode.du.reserved.pct"]).toBe("5");
    expect(server["dfs.datanode.du.reserved.calculator"]).toMatch(/ReservedSpaceCalculatorPercentage$/);
  });

  test("a DataNode is known by its name, which has no reverse DNS", () => {
    expect(pair.settings("hdfs-config")).toMatchObject({
      "dfs.datanode.hostname": `\${env.POD_NAME}.${domain("datanode")}`,
      "dfs.namenode.datanode.registration.ip-hostname-check": "false",
    });
  });

  test("a changed setting restarts the pods, a new version of the chart alone does not", async () => {
    const changed = await renderChart("hdfs", { settings: { server: { "dfs.namenode.handler.count": 40 } } });
    expect(changed.settings("hdfs-config")["dfs.namenode.handler.count"]).toBe("40");
    const config = (chart: RenderedChart) =>
      chart.pod("hdfs-datanode").metadata.annotations["checksum/config"];
    expect(config(changed)).not.toBe(config(single));
    expect(Object.keys(single.pod("hdfs-datanode").metadata.labels)).not.toContain("helm.sh/chart");
  });
});

// max(1, min(replication - 2, DataNodes - 2))
test.each([
  [1, 1, 1],
  [3, 3, 1],
  [3, 9, 1],
  [5, 9, 3],
  [5, 6, 3],
  [9, 9, 7],
])("with replication %i and %i DataNodes, %i may be away", async (replication, replicas, away) => {
  const chart = await renderChart("hdfs", { replication, datanode: { replicas } });
  expect(chart.one("PodDisruptionBudget", "hdfs-datanode").spec).toMatchObject({ maxUnavailable: away });
  expect(chart.one("PodDisruptionBudget", "hdfs-namenode").spec).toMatchObject({ maxUnavailable: 1 });
});

describe("storage", () => {
  test("is claimed from the class that is named", async () => {
    const storage = { kind: "claim", sizeGibibytes: 7, storageClass: "fast" };
    const chart = await renderChart("hdfs", { namenode: { storage } });
    expect(chart.one("StatefulSet", "hdfs-namenode").spec?.volumeClaimTemplates).toMatchObject([
      { spec: { storageClassName: "fast", resources: { requests: { storage: "7Gi" } } } },
    ]);
    expect(JSON.stringify(chart.one("StatefulSet", "hdfs-datanode").spec)).not.toContain("storageClassName");
  });

  test("on a folder of the node is a volume of its own for each pod, which outlives the release", async () => {
    const storage = { kind: "hostPath", sizeGibibytes: 1, hostPath: "/srv/lake" };
    const chart = await renderChart("hdfs", { datanode: { replicas: 2, storage } });
    expect(chart.names("PersistentVolume")).toEqual(["lake-hdfs-datanode-0", "lake-hdfs-datanode-1"]);
    const { metadata, spec } = chart.one("PersistentVolume", "lake-hdfs-datanode-1");
    expect(metadata.annotations["helm.sh/resource-policy"]).toBe("keep");
    expect(spec).toMatchObject({
      persistentVolumeReclaimPolicy: "Retain",
      local: { path: "/srv/lake/hdfs-datanode-1" },
      claimRef: { namespace: "lake", name: "data-hdfs-datanode-1" },
    });
  });

  test("may be gone with the pod", async () => {
    const chart = await renderChart("hdfs", {
      datanode: { storage: { kind: "emptyDir", sizeGibibytes: 3 } },
    });
    const { spec } = chart.one("StatefulSet", "hdfs-datanode");
    expect(spec).not.toHaveProperty("volumeClaimTemplates");
    expect(spec?.template?.spec.volumes).toContainEqual({ name: "data", emptyDir: { sizeLimit: "3Gi" } });
  });
});

test.each([
  ["a word for a number", { namenode: { heapMebibytes: "much" } }, /namenode.heapMebibytes.*integer/s],
  ["a storage that is none", { datanode: { storage: { kind: "disk" } } }, /datanode.storage.kind.*claim/s],
  ["hostPath without a path", { namenode: { storage: { kind: "hostPath" } } }, /hostPath/],
  ["a misspelled value", { datanode: { replica: 3 } }, /datanode.*replica/s],
  ["replication of 0", { replication: 0 }, /replication.*1/s],
  ["more copies than DataNodes", { replication: 2 }, /replication 2.*1 DataNode/s],
  ["a tag that moves", { image: { tag: "latest" } }, /image/],
  ["an image without tag and digest", { image: { tag: null } }, /image/],
  ["a lake that is no path", { lake: { path: "lake" } }, /lake.path.*pattern/s],
])("%s is refused by name", async (_, values, words) => {
  expect(await refusal("hdfs", values)).toMatch(words);
});
