import { secondsToBeReady } from "../../stacks/patience";
import { StepFailed } from "../request";
import type { Cluster } from "../cluster/kubectl";
import type { Workload } from "./password";
import { restartApplication } from "./restart-application";

const kinds: readonly Workload["kind"][] = ["statefulset", "deployment", "sparkapplication"];

/** Each once, servers before those that log in to them. */
export function inOrder(workloads: readonly Workload[]): Workload[] {
  const once = new Map(workloads.map((workload) => [`${workload.kind}/${workload.name}`, workload]));
  return [...once.values()].sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
}

/** Spark's submission takes half a minute on a busy node, and there is no driver until it ends. */
const patience = { readySeconds: secondsToBeReady, forgottenSeconds: 120, lookSeconds: 2 };

/**
 * Starts a workload anew and waits until it runs.
 * @throws StepFailed
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
