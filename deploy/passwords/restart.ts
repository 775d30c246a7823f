import { secondsToBeReady } from "../../stacks/patience";
import { StepFailed } from "../request";
import type { Cluster } from "../cluster/kubectl";
import type { Workload } from "./password";
import { restartApplication } from "./restart-application";

const kinds: readonly Workload["kind"][] = ["statefulset", "deployment", "sparkapplication"];

/** Each workload once, servers before their clients. */
export function inOrder(workloads: readonly Workload[]): Workload[] {
  const once = new Map(workloads.map((workload) => [`${workload.kind}/${workload.name}`, workload]));
  return [...once.values()].sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
}

/** A submission to Spark takes half a minute on a busy node, and there is no driver until it ends. */
const patience = { readySeconds: secondsToBeReady, forgottenSeconds: 120, lookSeconds: 2 };

/**
 * Restarts a workload and waits until it runs.
 * @throws StepFailed when it does not run in time
 */
export async function restart({ kind, name }: Workload, cluster: Cluster, namespace: string): Promise<void> {
  if (kind === "sparkapplication") return restartApplication(name, cluster, namespace, patience);
  const [what, where] = [`${kind}/${name}`, ["--namespace", namespace]];
  for (const args of [
    ["rollout", "restart", what, ...where],
    ["rollout", "status", what, ...where, `--timeout=${secondsToBeReady}s`],
  ])
    if ((await cluster.show(...args)) !== 0)
      throw new StepFailed(
        `kubectl ${args[0]} of ${what} failed: the new password is in its Secret, run this again with --restart-only`,
      );
}
