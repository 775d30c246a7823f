/**
 * Regenerates `jobs/jars/jars.lock.json` from `versions.ts`. Needs Maven (`mvn`), which set-up itself does not need:
 *   node --import tsx toolchain/lock-jars.ts
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { versions } from "../versions";
import { jarFileName, type Jar, type JarGroup, type JarsLock } from "./jars-lock";

interface Wanted {
  /** `groupId:artifactId:version` of the artifacts whose run-time dependencies make up the group. */
  roots: string[];
  /** Artifact ids to keep; all if absent. The process that loads the group has the others itself. */
  only?: string[];
}

const wanted: Record<JarGroup, Wanted> = {
  kafka: { roots: [`org.apache.kafka:kafka_${versions.scala}:${versions.kafka}`] },
  hdfs: {
    roots: ["hadoop-common", "hadoop-hdfs", "hadoop-hdfs-client"].map(
      (artifact) => `org.apache.hadoop:${artifact}:${versions.hadoop}`,
    ),
  },
  "spark-connector": {
    roots: [`org.apache.spark:spark-sql-kafka-0-10_${versions.scala}:${versions.spark}`],
    only: [
      `spark-sql-kafka-0-10_${versions.scala}`,
      `spark-token-provider-kafka-0-10_${versions.scala}`,
      "kafka-clients",
      "commons-pool2",
    ],
  },
};

const folder = mkdtempSync(join(tmpdir(), "lock-jars-"));
try {
  const kafka = resolve("kafka", wanted.kafka);
  const lock: JarsLock = {
    groups: {
      // Kafka depends on log4j but not on the slf4j binding that matches it, without which it logs nothing.
      kafka: resolve("kafka-logging", {
        roots: [
          ...wanted.kafka.roots,
          `org.apache.logging.log4j:log4j-slf4j-impl:${versionOf(kafka, "log4j-core")}`,
        ],
      }),
      hdfs: resolve("hdfs", wanted.hdfs),
      "spark-connector": resolve("spark-connector", wanted["spark-connector"]),
    },
  };
  writeFileSync(join(__dirname, "../jobs/jars/jars.lock.json"), JSON.stringify(lock, null, 2) + "\n");
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function resolve(name: string, { roots, only }: Wanted): Jar[] {
  const dependencies = roots.map((root) => {
    const [groupId, artifactId, version] = root.split(":");
    return `<dependency><groupId>${groupId}</groupId><artifactId>${artifactId}</artifactId><version>${version}</version></dependency>`;
  });
  const pom = join(folder, `${name}.xml`);
  const list = join(folder, `${name}.txt`);
  const libs = join(folder, name);
  writeFileSync(
    pom,
    `<project><modelVersion>4.0.0</modelVersion><groupId>lock</groupId><artifactId>${name}</artifactId><version>1</version>
    <dependencies>${dependencies.join("")}</dependencies></project>`,
  );
  console.error(`${name}: mvn resolves ${roots.join(", ")}`);
  const filter = ["-DincludeScope=runtime", ...(only ? [`-DincludeArtifactIds=${only.join(",")}`] : [])];
  const maven = ["-q", "-B", "-f", pom, ...filter];
  execFileSync("mvn", [...maven, "dependency:list", `-DoutputFile=${list}`], { stdio: "inherit" });
  execFileSync("mvn", [...maven, "dependency:copy-dependencies", `-DoutputDirectory=${libs}`], {
    stdio: "inherit",
  });
  const jars = readFileSync(list, "utf8")
    .split("\n")
    .map((line) => line.trim().split(" ")[0] ?? "")
    .filter((line) => line.split(":").length >= 5)
    .sort()
    .map((line): Jar => {
      // group:artifact:jar:version:scope, or group:artifact:jar:classifier:version:scope
      const parts = line.split(":");
      const [groupId = "", artifactId = ""] = parts;
      const version = parts.at(-2) ?? "";
      const classifier = parts.length === 6 ? { classifier: parts[3] } : {};
      const named = { groupId, artifactId, version, ...classifier, sha256: "", bytes: 0 };
      const content = readFileSync(join(libs, jarFileName(named)));
      return {
        ...named,
        sha256: createHash("sha256").update(content).digest("hex"),
        bytes: content.length,
      };
    });
  console.error(`${name}: ${jars.length} jars`);
  return jars;
}

function versionOf(jars: Jar[], artifactId: string): string {
  const jar = jars.find((candidate) => candidate.artifactId === artifactId);
  if (jar === undefined)
    throw new Error(`${artifactId} is not among the jars of kafka: choose another binding`);
  return jar.version;
}
