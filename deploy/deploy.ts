import { deployWithHelm } from "./apply/helm";
import { clearInterrupted } from "./apply/interrupted";
import { restoreMissing } from "./apply/missing";
import { deployWithTerraform } from "./apply/terraform";
import { askClaimChanges, changeClaims, claimLines } from "./claims/claims";
import { Cluster } from "./cluster/kubectl";
import { checkFit } from "./fit/fit";
import { readPlan } from "./plan/read-plan";
import { StepFailed, type DeployRequest, type DeployTool } from "./request";
import { helmExecutable } from "./tools";

/**
 * Installs or updates a profile's stacks in its cluster.
 * @throws ClusterError when the cluster can't be reached, StepFailed when something does not fit, a volume can't become
 * what the profile asks for, or a step fails
 */
export async function deploy(request: DeployRequest, tool: DeployTool = "terraform"): Promise<void> {
  const { profile, kubeconfig, env, stacks } = request;
  const cluster = await Cluster.connect(profile, kubeconfig, env);
  const { room, misfits } = await checkFit(profile, cluster);
  console.log(room);
  if (misfits.length > 0)
    throw new StepFailed(
      [...misfits, "Nothing was deployed: add nodes, or make the profile smaller (npm run fit)"].join("\n"),
    );
  const claims = await askClaimChanges(cluster, profile, stacks);
  if (claims.refusals.length > 0)
    throw new StepFailed([...claims.refusals, "Nothing was deployed, and no volume was changed"].join("\n"));
  for (const release of await clearInterrupted(cluster, profile))
    console.log(`release ${release}: an earlier deploy was cut off in it; this one goes on`);
  for (const line of claimLines(claims)) console.log(line);
  await changeClaims(cluster, profile.namespace, claims);
  const plan = readPlan(profile, kubeconfig).filter(({ name }) => stacks?.includes(name) ?? true);
  const tools = { cluster, helm: await helmExecutable(env) };
  if (tool === "helm") return deployWithHelm(plan, tools);
  for (const line of await restoreMissing(plan, tools)) console.log(`${line}; it was made again`);
  await deployWithTerraform(request);
}
