import { changedStacks } from "./apply/terraform";
import { askClaimChanges, claimLines } from "./claims/claims";
import { Cluster } from "./cluster/kubectl";
import { readPlan } from "./plan/read-plan";
import { StepFailed, type DeployRequest } from "./request";
import type { StackName } from "../stacks/platform-stack";

/**
 * Shows what a deploy with Terraform would change. Changes of volumes, which a deploy makes first, are printed.
 * @returns the stacks with changes; none right after a deploy
 * @throws StepFailed when a volume can't become what the profile asks for
 */
export async function diff(request: DeployRequest): Promise<StackName[]> {
  const { profile, kubeconfig, env, stacks } = request;
  const cluster = await Cluster.connect(profile, kubeconfig, env);
  const claims = await askClaimChanges(cluster, profile, stacks);
  if (claims.refusals.length > 0) throw new StepFailed(claims.refusals.join("\n"));
  for (const line of claimLines(claims)) console.log(line);
  const all = readPlan(profile, kubeconfig).map(({ name }) => name);
  return changedStacks(
    request,
    all.filter((name) => stacks?.includes(name) ?? true),
  );
}
