import { secondsToBeReady } from "../../stacks/patience";
import { StepFailed } from "../request";
import type { Cluster } from "../cluster/kubectl";
import type { Workload } from "./password";

const kinds: readonly Workload["kind"][] = ["statefulset", "deployment", "sparkapplication"];

/** Each once, servers before those that log in to them. */
export function inOrder(workloads: readonly Workload[]): Workload[] {
  const once = new Map(workloads.map((workload) => [`${workload.kind}/${workload.name}`, workload]));
  return [...once.values()].sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
}

/** The operator ends the driver and submits the application again as it is. */
const invalidated = JSON.stringify({ status: { applicationState: { state: "INVALIDATING" } } });

/**
 * Starts a workload anew and waits until it runs.
 * @throws StepFailed
 */
export async function restart({ kind, name }: Workload, cluster: Cluster, namespace: string): Promise<void> {
  const [what, where] = [`${kind}/${name}`, ["--namespace", namespace]];
  const timeout = `--timeout=${secondsToBeReady}s`;
  const steps =
    kind === "sparkapplication"
      ? [
          ["patch", what, ...where, "--subresource=status", "--type=merge", "--patch", invalidated],
          ["wait", what, ...where, "--for=jsonpath={.status.applicationState.state}=RUNNING", timeout],
        ]
      : [
          ["rollout", "restart", what, ...where],
          ["rollout", "status", what, ...where, timeout],
        ];
  for (const words of steps)
    if ((await cluster.show(...words)) !== 0)
      throw new StepFailed(
        `kubectl ${words[0]} of ${what} failed: the new password is in its Secret, run this again with --restart-only`,
      );
}
