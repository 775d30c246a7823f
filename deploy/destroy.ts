import type { Profile } from "../profiles";
import { destroyWithHelm } from "./apply/helm";
import { destroyWithTerraform } from "./apply/terraform";
import { stopBrokers } from "./cluster/brokers";
import { Cluster } from "./cluster/kubectl";
import { untilNoPodRuns } from "./cluster/running-pods";
import { deleteVolumes } from "./cluster/volumes";
import { stacksWithData, storagesThatCannotBeKept } from "./kept-data";
import { readPlan } from "./plan/read-plan";
import { StepFailed, type DeployRequest, type DeployTool } from "./request";
import { helmExecutable } from "./tools";

function requireKeepable(profile: Profile): void {
  const lost = storagesThatCannotBeKept(profile);
  if (lost.length > 0)
    throw new StepFailed(
      `Nothing was destroyed: --keep-data can't keep what is in ${lost.join(", ")} (emptyDir), which goes with its pod; destroy without it, or move the data to a claim first`,
    );
}

/**
 * Destroys a profile's stacks, in an order in which nothing hangs: first what reads and writes, then topics and users,
 * Kafka, Kafka's operator, and last the namespaces.
 * @param keepData keeps the stacks with data, and stops the brokers of a Kafka that is among them
 * @throws StepFailed before anything is changed when `keepData` is set and some data can't be kept, or when a step fails
 */
export async function destroy(
  request: DeployRequest,
  keepData: boolean,
  tool: DeployTool = "terraform",
): Promise<void> {
  const { profile, kubeconfig, env } = request;
  if (keepData) requireKeepable(profile);
  const cluster = await Cluster.connect(profile, kubeconfig, env);
  const plan = readPlan(profile, kubeconfig);
  const kept = keepData ? stacksWithData(profile) : [];
  const chosen = plan.filter(({ name }) => (request.stacks?.includes(name) ?? true) && !kept.includes(name));
  const stacks = chosen.map(({ name }) => name);
  if (tool === "terraform") {
    await destroyWithTerraform(chosen.length === plan.length ? request : { ...request, stacks });
  } else {
    await destroyWithHelm(chosen, { cluster, helm: await helmExecutable(env) });
  }
  if (kept.includes("kafka") && stacks.includes("operators") && profile.operators.installStrimzi)
    await stopBrokers(cluster, profile);
  // Without --keep-data the namespaces are deleted, and every pod with them.
  if (keepData && request.stacks === undefined) await untilNoPodRuns(cluster, profile);
  if (stacks.includes("foundation")) await deleteVolumes(cluster, profile);
}
