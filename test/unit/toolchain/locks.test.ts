import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { missingPackages, type NpmLock } from "../../../toolchain/lock-npm";
import { jarGroups, readJarsLock, type JarGroup } from "../../../toolchain/jars-lock";
import { versions } from "../../../versions";

const root = resolve(__dirname, "../../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const jars = readJarsLock(join(root, "jobs/jars/jars.lock.json"));
const npmLock = JSON.parse(read("package-lock.json")) as NpmLock;

function jarVersions(group: JarGroup, artifact: RegExp): string[] {
  const found = jars.groups[group].filter(({ artifactId }) => artifact.test(artifactId));
  return [...new Set(found.map(({ version }) => version))];
}

function pythonVersion(lock: string, name: string): string | undefined {
  return new RegExp(`^${name}==(\\S+)`, "m").exec(read(`jobs/python/${lock}`))?.[1];
}

test("the jars are those of versions.ts", () => {
  expect(jarVersions("kafka", /^kafka[_-]/)).toEqual([versions.kafka]);
  expect(jarVersions("hdfs", /^hadoop-(common|hdfs)/)).toEqual([versions.hadoop]);
  expect(jarVersions("spark-connector", /^spark-/)).toEqual([versions.spark]);
  const scala = jarGroups.flatMap((group) => jars.groups[group]).map(({ artifactId }) => artifactId);
  expect(scala.filter((name) => /_2\.\d+$/.test(name) && !name.endsWith(`_${versions.scala}`))).toEqual([]);
});

test("Kafka logs through the log4j it brings", () => {
  expect(jarVersions("kafka", /^log4j-slf4j-impl$/)).toEqual(jarVersions("kafka", /^log4j-core$/));
});

test("the Spark connector is what Spark lacks, and no more", () => {
  expect(jars.groups["spark-connector"].map(({ artifactId }) => artifactId).sort()).toEqual([
    "commons-pool2",
    "kafka-clients",
    "spark-sql-kafka-0-10_2.13",
    "spark-token-provider-kafka-0-10_2.13",
  ]);
});

test("the Python packages are those of versions.ts", () => {
  expect(pythonVersion("requirements.txt", "pyspark")).toBe(versions.spark);
  expect(pythonVersion("requirements.txt", "dbt-core")).toBe(versions.dbtCore);
  expect(pythonVersion("requirements.txt", "dbt-spark")).toBe(versions.dbtSpark);
  expect(pythonVersion("requirements-dev.txt", "ruff")).toBe(versions.ruff);
});

const pythonLocks = ["requirements-build.txt", "requirements.txt", "requirements-dev.txt"];

test.each(pythonLocks)("%s has a hash for every package, and no package twice", (lock) => {
  const packages = read(`jobs/python/${lock}`)
    .split(/\n(?=[a-z])/)
    .filter((entry) => /^[a-z]/.test(entry));
  expect(packages.length).toBeGreaterThan(0);
  for (const entry of packages)
    expect(entry).toMatch(/^[\w.[\]-]+==[^\n]+\\\n {4}--hash=sha256:[0-9a-f]{64}/);
});

test.each([...pythonLocks.map((lock) => `jobs/python/${lock}`), "jobs/jars/jars.lock.json"])(
  "%s names no host and no path of a machine",
  (lock) => expect(read(lock)).not.toMatch(/https?:|--(extra-)?index-url|--find-links|(^|\s)\/[a-z]/m),
);

test("the npm lock holds the packages of every platform, and no registry", () => {
  // When this fails after `npm install`: node --import tsx toolchain/lock-npm.ts
  expect(missingPackages(npmLock)).toEqual({});
  expect(read("package-lock.json")).not.toContain('"resolved"');
});

test("what npm left out of a lock is found, with its platform", () => {
  const optionalDependencies = { "@native/x-linux-arm64-musl": "1.0.0", "@native/x-darwin-x64": "1.0.0" };
  const packages = {
    "node_modules/x": { version: "1.0.0", dev: true, optionalDependencies },
    "node_modules/@native/x-darwin-x64": { version: "1.0.0" },
  };
  expect(missingPackages({ packages })).toEqual({
    "node_modules/@native/x-linux-arm64-musl": {
      version: "1.0.0",
      os: ["linux"],
      cpu: ["arm64"],
      libc: ["musl"],
      dev: true,
      optional: true,
    },
  });
});

test("package.json asks for the Node of versions.ts", () => {
  const { engines } = JSON.parse(read("package.json")) as { engines: { node: string } };
  expect(engines.node).toBe(`>=${versions.minimum.node}`);
});

test("no package has to compile or download anything when it is installed", () => {
  const withScript = Object.entries(npmLock.packages).filter(([, { hasInstallScript }]) => hasInstallScript);
  // Each brings its binary as a package for its platform; its script only checks that this worked.
  expect(withScript.map(([path]) => path.replace("node_modules/", ""))).toEqual([
    "@parcel/watcher",
    "@swc/core",
    "chdb",
    "esbuild",
  ]);
});
