import { loadProfile } from "../../profiles";
import { platformEnvironment } from "../../profiles/environment";
import { Cluster } from "../cluster/kubectl";
import { runSmokeJob } from "../smoke/run";

/**
 * `npm run smoke -- --profile <profile> [arguments of the checks]`: runs the checks as a Job in the cluster.
 * @param args after `--profile <profile>`
 */
export async function smokeCommand(
  name: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const { changes, kubeconfig } = platformEnvironment(env);
  const profile = loadProfile(name, changes);
  return runSmokeJob(profile, await Cluster.connect(profile, kubeconfig, env), args);
}
