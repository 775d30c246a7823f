import type { Profile } from "../../profiles";
import { smokeJob } from "../../stacks/smoke/job";
import { runJob } from "../cluster/job-run";
import type { Cluster } from "../cluster/kubectl";

/**
 * Runs the smoke checks as a Job in the cluster, with its log on the terminal.
 * @param args for the checks, as `npm run smoke -- --help` lists them
 * @returns the checks' exit code: 0 passed, 1 failed, 2 could not be run
 */
export function runSmokeJob(
  profile: Profile,
  cluster: Cluster,
  args: readonly string[] = [],
): Promise<number> {
  const name = `smoke-${Date.now().toString(36)}`;
  return runJob(cluster, smokeJob(profile, name, args), profile.smoke.deadlineSeconds);
}
