import { join } from "node:path";
import { setUpEnvironment } from "../toolchain/child-environment";
import { setUp, type SetUpOptions, type Toolchain } from "../toolchain/setup";
import { findArchives, prepareArchives, type Archives } from "./class-archives/archives";

/** A toolchain, and the class archives with which its programs start faster. */
export interface LakeToolchain extends Toolchain {
  /** Class data sharing archives for its class paths and for pyspark's; everything also runs without them. */
  archives: Archives;
}

export interface LakeToolchainOptions extends SetUpOptions {
  /** Whether to make missing class archives first (a minute or two), which is the default, or to do without them. */
  missingArchives?: "make" | "pass over";
}

/** Sets up the toolchain and its class archives. Throws a SetUpFailure as `setUp` does. */
export async function setUpLake(options: LakeToolchainOptions): Promise<LakeToolchain> {
  const toolchain = await setUp(options);
  const archivesOptions = {
    toolchain,
    script: join(options.root, "jobs/python/class_list.py"),
    env: { ...setUpEnvironment(options.env), JAVA_HOME: toolchain.javaHome },
    progress: options.progress,
  };
  const prepare = options.missingArchives === "pass over" ? findArchives : prepareArchives;
  return { ...toolchain, archives: await prepare(archivesOptions) };
}
