import { TestEnvironment } from "jest-environment-node";
import type { LakeToolchain } from "../local/lake-toolchain";
import { SparkJvm } from "../testbed/spark-jvm";

declare global {
  /** The worker's JVM for silver's, gold's and dbt's processes. It starts when a test file first asks for it. */
  var sharedSparkJvm: (toolchain: LakeToolchain) => Promise<SparkJvm>;
}

let shared: SparkJvm | undefined;

async function sharedSparkJvm(toolchain: LakeToolchain): Promise<SparkJvm> {
  if (shared === undefined || shared.hasEnded) shared = await SparkJvm.start(toolchain, { forgets: true });
  return shared;
}

/**
 * Jest's environment of Node, with a JVM of Spark that the test files of a worker share: the environment's module
 * stays loaded from one file to the next, a test's own modules don't.
 */
export default class SparkEnvironment extends TestEnvironment {
  override async setup(): Promise<void> {
    await super.setup();
    this.global.sharedSparkJvm = sharedSparkJvm;
  }
}
