import { claimChanges } from "../../../deploy/claims/claim-changes";
import { claimLines } from "../../../deploy/claims/claims";
import { readLiveClaims } from "../../../deploy/claims/live-claims";
import { plannedClaims } from "../../../deploy/claims/planned-claims";
import { loadProfile } from "../../../profiles";

const claim = (
  name: string,
  size: string,
  storageClassName: string | undefined = "fast",
  release?: string,
) => ({
  metadata: {
    name,
    ...(release !== undefined && { annotations: { "meta.helm.sh/release-name": release } }),
  },
  spec: { ...(storageClassName !== undefined && { storageClassName }), ...requests(size) },
});

const requests = (storage: string) => ({ resources: { requests: { storage } } });

const statefulSet = (name: string, ...templates: object[]) => ({
  metadata: { name },
  spec: templates.length > 0 ? { volumeClaimTemplates: templates.map((spec) => ({ spec })) } : {},
});

const classes = {
  items: [
    { metadata: { name: "fast" }, allowVolumeExpansion: true },
    { metadata: { name: "rigid" } },
    { metadata: { name: "frozen" }, allowVolumeExpansion: false },
  ],
};

/** A cluster to which `kind` was deployed: one claim each for NameNode, DataNode and ClickHouse. */
function cluster({
  dataNode = claim("data-hdfs-datanode-0", "20Gi"),
  clickhouse = claim("data-clickhouse-0", "10Gi", "fast", "clickhouse"),
  statefulSets = [
    statefulSet("hdfs-namenode", requests("2Gi")),
    statefulSet("hdfs-datanode", requests("20Gi")),
    statefulSet("clickhouse"),
  ],
} = {}) {
  const claims = { items: [claim("data-hdfs-namenode-0", "2Gi"), dataNode, clickhouse] };
  return readLiveClaims(claims, { items: statefulSets }, classes);
}

const changes = (profileChanges: string, live = cluster()) =>
  claimChanges(plannedClaims(loadProfile("kind", profileChanges)), live);

const none = { refusals: [], grown: [], adopted: [], recreated: [] };

test("nothing is done where all is as the profile asks, nor where nothing was deployed yet", () => {
  expect(changes("")).toEqual(none);
  expect(changes("", readLiveClaims({ items: [] }, { items: [] }, classes))).toEqual(none);
});

test("a larger volume of HDFS grows, and its StatefulSet is made anew around its pods", () => {
  const larger = changes("hdfs.dataNode.storage.sizeGibibytes=30");
  expect(larger).toEqual({
    ...none,
    grown: [{ claim: "data-hdfs-datanode-0", gibibytes: 30 }],
    recreated: ["hdfs-datanode"],
  });
  expect(claimLines(larger)).toEqual([
    "volume data-hdfs-datanode-0 grows to 30 GiB",
    "StatefulSet hdfs-datanode is made anew around its running pods: its templates of claims can't be changed",
  ]);
});

test("ClickHouse's volume is Helm's to grow, and so is a backup's to make", () => {
  const backup =
    '{"schedule":"15 2 * * *","keep":7,"storage":{"kind":"claim","sizeGibibytes":20,"storageClass":null}}';
  expect(changes(`clickhouse.storage.sizeGibibytes=30 clickhouse.backup=${backup}`)).toEqual(none);
});

test("what the chart before 0.2.0 made becomes the release's: volumes are taken over, the StatefulSet made anew", () => {
  const before = cluster({
    clickhouse: claim("data-clickhouse-0", "10Gi"),
    statefulSets: [
      statefulSet("hdfs-namenode", requests("2Gi")),
      statefulSet("hdfs-datanode", requests("20Gi")),
      statefulSet("clickhouse", requests("10Gi")),
    ],
  });
  expect(changes("", before)).toEqual({
    ...none,
    adopted: [{ claim: "data-clickhouse-0", release: "clickhouse" }],
    recreated: ["clickhouse"],
  });
});

test("a change that was cut off is taken up where it was: the volume has grown, the StatefulSet is gone", () => {
  const half = cluster({
    dataNode: claim("data-hdfs-datanode-0", "30Gi"),
    statefulSets: [statefulSet("hdfs-namenode", requests("2Gi")), statefulSet("clickhouse")],
  });
  expect(changes("hdfs.dataNode.storage.sizeGibibytes=30", half)).toEqual(none);
  const grown = cluster({ dataNode: claim("data-hdfs-datanode-0", "30Gi") });
  expect(changes("hdfs.dataNode.storage.sizeGibibytes=30", grown).recreated).toEqual(["hdfs-datanode"]);
});

test("where the classes may not be asked for, Kubernetes has the last word", () => {
  const { items } = { items: [claim("data-hdfs-datanode-0", "20Gi", "rigid")] };
  const live = readLiveClaims({ items }, { items: [] });
  expect(changes("hdfs.dataNode.storage.sizeGibibytes=30", live).refusals).toEqual([]);
});

const folder = (path: string, size: number) => `{"kind":"hostPath","sizeGibibytes":${size},"path":"${path}"}`;

test.each([
  [
    "a smaller volume",
    "hdfs.dataNode.storage.sizeGibibytes=10",
    {},
    "hdfs.dataNode.storage.sizeGibibytes: got 10, and data-hdfs-datanode-0 has 20: a volume never shrinks: leave it at 20",
  ],
  [
    "a smaller volume of ClickHouse",
    "clickhouse.storage.sizeGibibytes=5",
    {},
    "clickhouse.storage.sizeGibibytes: got 5, and data-clickhouse-0 has 10",
  ],
  [
    "a larger one of a class that lets none grow",
    "hdfs.dataNode.storage.sizeGibibytes=30",
    { dataNode: claim("data-hdfs-datanode-0", "20Gi", "rigid") },
    "its class rigid lets no volume grow (allowVolumeExpansion): docs/upgrading.md#volumes",
  ],
  [
    "another class",
    'hdfs.dataNode.storage={"kind":"claim","sizeGibibytes":20,"storageClass":"frozen"}',
    {},
    "hdfs.dataNode.storage.storageClass: got frozen, and data-hdfs-datanode-0 is of fast: a volume's class never changes",
  ],
  [
    "a folder in place of a claim",
    `hdfs.dataNode.storage=${folder("/srv", 20)}`,
    {},
    "hdfs.dataNode.storage.kind: got hostPath, and data-hdfs-datanode-0 is a claim with data, which would stay behind",
  ],
  [
    "the pod's own disk in place of a claim",
    'clickhouse.storage={"kind":"emptyDir","sizeGibibytes":10}',
    {},
    "clickhouse.storage.kind: got emptyDir, and data-clickhouse-0 is a claim with data",
  ],
  [
    "a folder of another size",
    `hdfs.dataNode.storage=${folder("/srv", 30)}`,
    { dataNode: claim("data-hdfs-datanode-0", "20Gi", "") },
    "a folder has the size of its node's disk, and the number can't be changed: leave it",
  ],
  [
    "a claim in place of the pod's own disk",
    "",
    { statefulSets: [statefulSet("hdfs-namenode", requests("2Gi")), statefulSet("hdfs-datanode")] },
    "hdfs.dataNode.storage.kind: got claim, and the pods of hdfs-datanode keep their data in themselves (emptyDir), which would be gone",
  ],
])("%s is refused with the field and the way", (_, profileChanges, live, says) => {
  const { refusals, grown } = changes(profileChanges, cluster(live));
  expect(refusals.join("\n")).toContain(says);
  expect(grown).toEqual([]);
});
