import { existsSync } from "node:fs";
import { join } from "node:path";
import { setUpEnvironment } from "./child-environment";
import { cacheFolder } from "./cache";
import { diskFull, isDiskFull, SetUpFailure } from "./failure";
import { prepareJars } from "./jars";
import { findJava } from "./java";
import type { Progress } from "./progress";
import { requireUserName } from "./user-name";
import { findPython } from "./python";
import { preparePython } from "./python-environment";

/** The programs and jars that the lake's processes run with. All paths are absolute. */
export interface Toolchain {
  /** The `java` executable. */
  java: string;
  /** For JAVA_HOME. */
  javaHome: string;
  javaMajor: number;
  /** The build lines of `java -version`. */
  javaBuild: string;
  /** The `python` of the environment with pyspark, dbt and ruff. */
  python: string;
  jars: {
    /** Class path of the broker. */
    kafka: string[];
    /** Class path of NameNode and DataNode. */
    hdfs: string[];
    /** For `spark.jars`: the jars that Spark lacks for reading Kafka. */
    sparkConnector: string[];
  };
  /** Folder that all clones on this machine share. */
  cache: string;
}

export interface SetUpOptions {
  /** The root of the checkout. */
  root: string;
  /** Read: PATH, JAVA_HOME, PYTHON, HOME, XDG_CACHE_HOME, MAVEN_REPOSITORY, and what pip reads (PIP_*, proxies). */
  env: NodeJS.ProcessEnv;
  progress: Progress;
}

/**
 * Finds Java and Python, and downloads the locked Python packages and jars that the cache does not have yet.
 * Throws a SetUpFailure, whose message is one line that says what to do.
 */
export async function setUp({ root, env: given, progress }: SetUpOptions): Promise<Toolchain> {
  const env = setUpEnvironment(given);
  if (process.platform === "win32") {
    throw new SetUpFailure("Windows is not supported: run this inside WSL 2 (wsl --install).");
  }
  requireUserName(process.getuid?.());
  const cache = cacheFolder(env, process.platform);
  const [java, python] = await Promise.all([findJava(env), findPython(env)]);
  if (!existsSync(cache)) progress.line(whatComes(cache));
  const prepared = await Promise.allSettled([
    preparePython({ python, locks: join(root, "jobs/python"), cache, env, progress }),
    prepareJars({
      lock: join(root, "jobs/jars/jars.lock.json"),
      cache,
      repository: env.MAVEN_REPOSITORY,
      behindProxy: Boolean(env.HTTPS_PROXY ?? env.https_proxy ?? env.HTTP_PROXY ?? env.http_proxy),
      progress,
    }),
  ]);
  const [pythonExecutable, jars] = prepared.map((outcome) => {
    if (outcome.status === "fulfilled") return outcome.value;
    throw isDiskFull(outcome.reason) ? diskFull(cache) : outcome.reason;
  }) as [string, Awaited<ReturnType<typeof prepareJars>>];
  return {
    java: java.executable,
    javaHome: java.home,
    javaMajor: java.major,
    javaBuild: java.build,
    python: pythonExecutable,
    jars: { kafka: jars.kafka, hdfs: jars.hdfs, sparkConnector: jars["spark-connector"] },
    cache,
  };
}

/** Printed once on a machine, before anything is downloaded. */
function whatComes(cache: string): string {
  return (
    "The first start on this machine brings Spark and dbt (about 0.5 GB of Python packages) and the jars of Kafka and HDFS " +
    `to ${cache}: some minutes on a usual line. Later starts find them there.`
  );
}
