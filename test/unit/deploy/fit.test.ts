import { loadProfile } from "../../../profiles";
import { roomOf } from "../../../deploy/fit/cluster-room";
import { podsOf, total } from "../../../deploy/fit/demand";
import type { PodDemand } from "../../../stacks/parts/pod-demand";
import { misfits } from "../../../deploy/fit/fit";
import { place, type Node } from "../../../deploy/fit/placement";
import { cpuMillis, mebibytes, quantity } from "../../../deploy/fit/quantity";

const node = (
  name: string,
  cpuMillis: number,
  memoryMebibytes: number,
  { pods = 110, arch = "amd64" } = {},
): Node => ({ name, cpuMillis, memoryMebibytes, pods, arch });

const pod = (name: string, memoryMebibytes: number, more: Partial<PodDemand> = {}): PodDemand => ({
  name,
  replicas: 1,
  cpuMillis: 100,
  memoryMebibytes,
  storageGibibytes: 0,
  apart: false,
  arch: null,
  ...more,
});

test.each([
  ["500m", 0.5],
  ["2", 2],
  ["1.5", 1.5],
  ["1e3", 1000],
  ["16291416Ki", 16291416 * 1024],
  ["2Gi", 2 ** 31],
  ["3G", 3e9],
])("the quantity %s", (text, value) => {
  expect(quantity(text)).toBeCloseTo(value);
});

test.each(["", "Mi", "5 Gi", "5X", "-1"])("'%s' is no quantity", (text) => {
  expect(() => quantity(text)).toThrow(`got the quantity '${text}', allowed: a number`);
});

test("CPU in thousandths, memory in MiB", () => {
  expect([cpuMillis("1930m"), cpuMillis("2"), mebibytes("1048576Ki"), mebibytes("1Gi")]).toEqual([
    1930, 2000, 1024, 1024,
  ]);
});

test("pods that fill the nodes fit; one more does not, and it says what is left", () => {
  const nodes = [node("a", 2000, 1000), node("b", 2000, 600)];
  expect(place([pod("large", 900), pod("small", 300, { replicas: 2 })], nodes)).toEqual([]);
  const [unplaced, ...more] = place([pod("large", 900), pod("small", 300, { replicas: 3 })], nodes);
  expect(more).toEqual([]);
  expect(unplaced).toMatchObject({ missing: 1, demand: { name: "small" } });
  expect(unplaced?.why).toContain(
    "100m CPU and 300 MiB; the most that is left on a node is 1900m CPU and 100 MiB",
  );
});

test("memory of all nodes together is no room for one pod", () => {
  expect(place([pod("large", 900)], [node("a", 2000, 500), node("b", 2000, 500)])).toHaveLength(1);
});

test("CPU and the number of pods are limits, too", () => {
  expect(place([pod("x", 1, { cpuMillis: 3000 })], [node("a", 2000, 500)])).toHaveLength(1);
  expect(place([pod("x", 1, { replicas: 3 })], [node("a", 2000, 500, { pods: 2 })])[0]?.missing).toBe(1);
});

test("what must be apart needs as many nodes", () => {
  const [unplaced] = place(
    [pod("broker", 100, { replicas: 3, apart: true })],
    [node("a", 9000, 9000), node("b", 9000, 9000)],
  );
  expect(unplaced).toMatchObject({ missing: 1, why: expect.stringContaining("too few nodes") as string });
});

test("what only one kind of node takes is put on no other, and it says which there are", () => {
  const engine = [pod("clickhouse", 100, { arch: "amd64" })];
  const arm = node("arm", 9000, 9000, { arch: "arm64" });
  expect(place(engine, [arm, node("x86", 200, 200)])).toEqual([]);
  expect(place(engine, [arm])[0]?.why).toBe("only amd64 nodes take them, and there are arm64 nodes");
  expect(place(engine, [arm, node("x86", 200, 50)])[0]?.why).toContain(
    "the most that is left on a node is 200m CPU and 50 MiB",
  );
});

test("of all parts only ClickHouse asks for amd64", () => {
  const arm = node("arm", 60_000, 120_000, { arch: "arm64" });
  expect(misfits(loadProfile("kind"), [arm])).toEqual([
    "clickhouse: 1 of 1 pods do not fit: only amd64 nodes take them, and there are arm64 nodes",
  ]);
  expect(misfits(loadProfile("kind"), [arm, node("x86", 1000, 2000)])).toEqual([]);
});

test("kind fits a node of 6 CPU and 12 GB, beside what kind itself runs, and not one of half", () => {
  const laptop = node("a", 6000 - 950, 12e9 / 2 ** 20 - 300);
  const half = node("b", 3000, 6000);
  expect(misfits(loadProfile("kind"), [laptop])).toEqual([]);
  expect(misfits(loadProfile("kind"), [half])[0]).toMatch(/: \d of \d pods do not fit: each asks for /);
});

/** The resource requests of the pods that kubeadm and kind run on a one-node cluster. */
const kubeadmPods = [
  ["kube-apiserver", "250m", "0"],
  ["kube-controller-manager", "200m", "0"],
  ["kube-scheduler", "100m", "0"],
  ["etcd", "100m", "100Mi"],
  ["coredns-1", "100m", "70Mi"],
  ["coredns-2", "100m", "70Mi"],
  ["kindnet", "100m", "50Mi"],
].map(([name, cpu, memory]) => ({
  metadata: { name, namespace: "kube-system" },
  spec: { nodeName: "lake-control-plane", containers: [{ resources: { requests: { cpu, memory } } }] },
  status: { phase: "Running" },
}));

/** A node of kind, which offers its pods all of Docker's resources. */
function kindNode(cpu: string, gigabytes: number): Node[] {
  const node = {
    metadata: { name: "lake-control-plane", labels: { "kubernetes.io/arch": "amd64" } },
    spec: {},
    status: { allocatable: { cpu, memory: `${gigabytes * 1e9}`, pods: "110" } },
  };
  return roomOf({ items: [node] }, { items: kubeadmPods }, ["lake", "lake-operators"]);
}

test("small fits a Docker with 4 CPU and 10 GB whole, beside kubeadm's pods; kind does not", () => {
  expect(misfits(loadProfile("small"), kindNode("4", 10))).toEqual([]);
  expect(misfits(loadProfile("kind"), kindNode("4", 10))).not.toEqual([]);
  expect(misfits(loadProfile("kind"), kindNode("6", 12))).toEqual([]);
});

test("small fits nothing much smaller", () => {
  expect(misfits(loadProfile("small"), kindNode("3", 10))).not.toEqual([]);
  expect(misfits(loadProfile("small"), kindNode("4", 9))).not.toEqual([]);
});

test("ci fits two CPUs", () => {
  expect(misfits(loadProfile("ci"), [node("a", 2000 - 200, 16_000)])).toEqual([]);
});

test("parts of somebody else's, and parts that are off, are not counted", () => {
  const names = (changes: string) => podsOf(loadProfile("ci", changes)).map(({ name }) => name);
  expect(names("")).not.toContain("kafka");
  expect(names("operators.installSpark=false eventsim.enabled=false").join()).not.toMatch(
    /operator|eventsim/,
  );
  expect(names("hdfs.ha=true")).toEqual(expect.arrayContaining(["hdfs-journalnode", "zookeeper"]));
});

test("the sum counts every replica, and the volumes that the cluster makes", () => {
  expect(total([pod("a", 100, { replicas: 3, storageGibibytes: 2 }), pod("b", 50)])).toEqual({
    pods: 4,
    cpuMillis: 400,
    memoryMebibytes: 350,
    storageGibibytes: 6,
  });
  expect(total(podsOf(loadProfile("ci"))).storageGibibytes).toBe(0);
});

describe("a cluster's room", () => {
  const item = (name: string, spec: object = {}, arch = "amd64") => ({
    metadata: { name, labels: { "kubernetes.io/arch": arch } },
    spec,
    status: { allocatable: { cpu: "4", memory: "8Gi", pods: "110" } },
  });
  const running = (namespace: string, nodeName: string, phase = "Running") => ({
    metadata: { namespace },
    spec: { nodeName, containers: [{ resources: { requests: { cpu: "500m", memory: "1Gi" } } }, {}] },
    status: { phase },
  });

  test("is what other people's pods leave; ours are counted by the profile", () => {
    const pods = {
      items: [running("kube-system", "a"), running("lake", "a"), running("x", "a", "Succeeded")],
    };
    expect(roomOf({ items: [item("a")] }, pods, ["lake"])).toEqual([node("a", 3500, 7168, { pods: 109 })]);
  });

  test("is told with the kind of the node", () => {
    const [arm] = roomOf({ items: [item("a", {}, "arm64")] }, { items: [] }, []);
    expect(arm?.arch).toBe("arm64");
  });

  test("is not on nodes that take no pods", () => {
    const nodes = [
      item("cordoned", { unschedulable: true }),
      item("control", { taints: [{ effect: "NoSchedule" }] }),
      item("preferred", { taints: [{ effect: "PreferNoSchedule" }] }),
    ];
    expect(roomOf({ items: nodes }, { items: [] }, []).map(({ name }) => name)).toEqual(["preferred"]);
  });
});
