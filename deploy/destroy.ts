import { stackNames, type StackName } from "../stacks/platform-stack";
import { destroyWithHelm } from "./apply/helm";
import { destroyWithTerraform } from "./apply/terraform";
import { Cluster } from "./cluster/kubectl";
import { deleteVolumes } from "./cluster/volumes";
import { readPlan } from "./plan/read-plan";
import type { Request, Way } from "./request";
import { helmExecutable } from "./tools";

/** All but the namespaces, in which the volumes and the passwords are. */
const withoutData: readonly StackName[] = stackNames.filter((name) => name !== "foundation");

/**
 * Takes a profile's stacks away, in the order that hangs nowhere: who reads and writes, then topics and users before
 * Kafka, Kafka before its operator, the namespaces last.
 * @param keepData leaves the namespaces, and in them the volumes and the passwords that the charts made
 */
export async function destroy(request: Request, keepData: boolean, way: Way = "terraform"): Promise<void> {
  const { profile, kubeconfig, env } = request;
  const cluster = await Cluster.connect(profile, kubeconfig, env);
  const plan = readPlan(profile, kubeconfig);
  const wanted = request.stacks ?? (keepData ? withoutData : undefined);
  const stacks = plan.map(({ name }) => name).filter((name) => wanted?.includes(name) ?? true);
  if (way === "terraform") {
    await destroyWithTerraform({ ...request, ...(wanted === undefined ? {} : { stacks }) });
  } else {
    const chosen = plan.filter(({ name }) => stacks.includes(name));
    await destroyWithHelm(chosen, { cluster, env, helm: await helmExecutable(env) });
  }
  if (stacks.includes("foundation")) await deleteVolumes(cluster, profile);
}
