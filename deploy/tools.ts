import { cacheFolder } from "../toolchain/cache";
import { findHelm } from "../toolchain/helm";
import { showProgress } from "../toolchain/progress";

/** Path of the Helm to use: the user's own, or one that set-up downloads. */
export async function helmExecutable(env: NodeJS.ProcessEnv): Promise<string> {
  const { executable } = await findHelm({
    env,
    platform: process.platform,
    arch: process.arch,
    cache: cacheFolder(env, process.platform),
    progress: showProgress(process.stderr),
  });
  return executable;
}
