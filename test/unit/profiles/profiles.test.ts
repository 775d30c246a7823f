import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadProfile, profileNames, RefusedProfile } from "../../../profiles";
import { checkProfile } from "../../../profiles/check";
import { platformEnvironment } from "../../../profiles/environment";
import { kind } from "../../../profiles/kind";

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(RefusedProfile);
    return (error as Error).message;
  }
  throw new Error("nothing was refused");
}

test.each(profileNames)("the profile %s is one", (name) => {
  expect(loadProfile(name).name).toBe(name);
});

test.each([
  ["name=Kind", 'name: got "Kind", allowed: 1 to 63 of a-z'],
  ["namespace=lake-operators", 'operators.namespace: got "lake-operators", allowed: another namespace'],
  ["cluster.domain=_", 'cluster.domain: got "_", allowed: a DNS domain'],
  ["terraform.kind=http", 'terraform.kind: got "http", allowed kinds: local, kubernetes, s3, gcs'],
  ["network.policies=maybe", 'network.policies: got "maybe", allowed: true or false'],
  [
    'network.apiServer.cidrs=["10.0.0.300/8"]',
    'network.apiServer.cidrs.0: got "10.0.0.300/8", allowed: an IPv4 range',
  ],
  ["network.apiServer.ports=[]", "network.apiServer.ports: got [], allowed: at least one port"],
  ["images.node.tag=latest", 'images.node.tag: got "latest", allowed: any tag but latest'],
  ["images.node.digest=sha256:1", 'images.node.digest: got "sha256:1", allowed: sha256: and 64'],
  ["images.node.tag=null", "images.node: got {", "allowed: a tag, or a digest, or both"],
  [
    "images.spark.repository=Spark:1",
    'images.spark.repository: got "Spark:1", allowed: a repository without tag',
  ],
  ["operators.strimzi.chart.version=1", "operators.strimzi.chart.version: got 1, allowed: string"],
  ["operators.strimzi.chart.repository=quay.io", 'chart.repository: got "quay.io", allowed: https://'],
  [
    "operators.spark.controller.cpuMillis=0.5",
    "operators.spark.controller.cpuMillis: got 0.5, allowed: a whole number from 1",
  ],
  ["lake.root=lake", 'lake.root: got "lake", allowed: an absolute path'],
  ["kafka.mode=confluent", 'kafka.mode: got "confluent", allowed modes: strimzi, external'],
  ["kafka.brokers=2", "kafka: got {", "allowed: an odd number of brokers"],
  [
    "kafka.replicationFactor=3",
    "kafka: got {",
    "allowed: a replicationFactor of at most the number of brokers",
  ],
  [
    "kafka.brokers=3 kafka.replicationFactor=3 kafka.minInSyncReplicas=3",
    "allowed: minInSyncReplicas below replicationFactor",
  ],
  ["kafka.node.heapMebibytes=890", "kafka.node: got {", "allowed: a heapMebibytes of at most 85 %"],
  ["kafka.storage.kind=nfs", 'kafka.storage.kind: got "nfs", allowed kinds: claim, emptyDir'],
  ["kafka.storage.sizeGibibytes=0", "kafka.storage.sizeGibibytes: got 0, allowed: a whole number from 1"],
  ["kafka.partitions.orders=3", "kafka.partitions: got {", "allowed topics: listen_events"],
  ["hdfs.replication=3", "hdfs: got {", "allowed: a replication of at most the number of dataNodes"],
  ["hdfs.nameservice=a.b", 'hdfs.nameservice: got "a.b", allowed: 1 to 63'],
  ["clickhouse.flavor=cloud", 'clickhouse.flavor: got "cloud", allowed: official, embedded'],
  [
    'clickhouse.backup={"schedule":"daily"}',
    'clickhouse.backup.schedule: got "daily", allowed: a cron schedule',
  ],
  [
    'clickhouse.backup={"schedule":"15 2 * * *","keep":7,"storage":{"kind":"emptyDir","sizeGibibytes":1}}',
    'clickhouse.backup.storage.kind: got "emptyDir", allowed kinds: claim, hostPath',
  ],
  ["clickhouse.existingSecret=Ours", 'clickhouse.existingSecret: got "Ours", allowed: the name of a Secret'],
  ["akhq.existingSecret=1", "akhq.existingSecret: got 1, allowed: string"],
  ["bronze.triggerSeconds=0", "bronze.triggerSeconds: got 0, allowed: a whole number from 1 to 3600"],
  ["bronze.acceptKafka=a:b", 'bronze.acceptKafka: got "a:b", allowed: a cluster id of Kafka'],
  ["gold.executor.cores=null", "gold.executor.cores: got null, allowed: a whole number from 1 to 64"],
  ["eventsim.malformed=2", "eventsim.malformed: got 2, allowed: a share from 0 to 1"],
  ["serve.pollSecond=2", "serve.pollSecond: no such field"],
  ["smoke.deadlineSeconds=1", "smoke.deadlineSeconds: got 1, allowed: a whole number from 60"],
  ["observability.alerts.quarantineShare=-1", "quarantineShare: got -1, allowed: a share from 0 to 1"],
  ["akhq=off", 'akhq: got "off", allowed: an object'],
])("%s is refused", (changes, ...says) => {
  const message = refusal(() => loadProfile("kind", changes));
  for (const part of says) expect(message).toContain(part);
});

test.each([
  ["kafka.bootstrap=a:9093,b", 'kafka.bootstrap: got "a:9093,b", allowed: host:port'],
  ["kafka.bootstrap=a:70000", 'kafka.bootstrap: got "a:70000", allowed: host:port'],
  ["kafka.sasl.mechanism=gssapi", 'got "gssapi", allowed: scram-sha-512, scram-sha-256, plain'],
  ["kafka.sasl=null akhq.enabled=true", "akhq.enabled: got true, allowed: true only with a Kafka that asks"],
])("of an external Kafka, %s is refused", (changes, says) => {
  expect(refusal(() => loadProfile("ci", changes))).toContain(says);
});

test("all that is wrong is said at once", () => {
  const lines = refusal(() => loadProfile("kind", "name=A lake.user=B serve.x=1")).split("\n");
  expect(lines).toHaveLength(3);
});

test("a change that is no change, and one below a value that has no fields, are refused", () => {
  expect(refusal(() => loadProfile("kind", "akhq"))).toBe(
    'PROFILE_SET: got "akhq", allowed: path=value, as akhq.enabled=false',
  );
  expect(refusal(() => loadProfile("kind", "lake.root.x=1"))).toContain(
    "the profile has no root to set a field of",
  );
});

test("several values are changed, each by its path, and no other", () => {
  const profile = loadProfile(
    "kind",
    "bronze.triggerSeconds=30  images.node.tag=abc kafka.partitions.auth_events=6",
  );
  expect(profile.bronze.triggerSeconds).toBe(30);
  expect(profile.images.node.tag).toBe("abc");
  expect(profile.kafka).toMatchObject({ partitions: { auth_events: 6 }, brokers: 1 });
  expect(kind.images.node.tag).not.toBe("abc");
});

test("a profile that nobody knows: the known ones are listed", () => {
  expect(refusal(() => loadProfile("prod"))).toMatch(
    /^PROFILE: got 'prod', allowed: kind, small, cloud, ci, or the path/,
  );
  expect(refusal(() => loadProfile(undefined))).toMatch(
    /^PROFILE is not set; allowed: kind, small, cloud, ci/,
  );
});

describe("a file of one's own", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "profile-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (name: string, content: string) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };

  test("as JSON, checked like any other", () => {
    expect(loadProfile(write("mine.json", JSON.stringify({ ...kind, name: "mine" }))).name).toBe("mine");
    const message = refusal(() =>
      loadProfile(write("wrong.json", JSON.stringify({ ...kind, namespace: 3 }))),
    );
    expect(message).toContain("wrong.json: namespace: got 3, allowed: ");
  });

  test("that is not there, is not JSON, or exports nothing", () => {
    expect(refusal(() => loadProfile(join(folder, "none.ts")))).toContain("which is no file");
    expect(refusal(() => loadProfile(write("broken.json", "{")))).toContain("it can't be loaded");
    expect(refusal(() => loadProfile(write("empty.js", "")))).toContain(
      "got no export, allowed: one called profile",
    );
    expect(refusal(() => loadProfile(write("list.json", "[1]")))).toContain(
      "the profile: got [1], allowed: an object",
    );
  });
});

test("what is no profile at all is refused with what it is", () => {
  expect(refusal(() => checkProfile(undefined, "x"))).toBe(
    "profile x: the profile: got nothing, allowed: an object",
  );
});

test("the environment is read as told, and the kubeconfig has a usual place", () => {
  expect(platformEnvironment({ PROFILE: "ci", PROFILE_SET: "a=1", KUBECONFIG: "/a::/b" })).toEqual({
    profile: "ci",
    changes: "a=1",
    kubeconfig: "/a:/b",
  });
  expect(platformEnvironment({}).kubeconfig).toMatch(/\/\.kube\/config$/);
});

test("the example of a profile of one's own is one", () => {
  expect(loadProfile("examples/paris.ts")).toMatchObject({ name: "paris", terraform: { kind: "s3" } });
});
