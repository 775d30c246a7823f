import { changedStacks } from "./apply/terraform";
import { Cluster } from "./cluster/kubectl";
import { readPlan } from "./plan/read-plan";
import type { Request } from "./request";
import type { StackName } from "../stacks/platform-stack";

/**
 * What a deploy would change, through Terraform.
 * @returns the stacks with changes; none right after a deploy
 */
export async function diff(request: Request): Promise<StackName[]> {
  const { profile, kubeconfig, env, stacks } = request;
  await Cluster.connect(profile, kubeconfig, env);
  const all = readPlan(profile, kubeconfig).map(({ name }) => name);
  return changedStacks(
    request,
    all.filter((name) => stacks?.includes(name) ?? true),
  );
}
