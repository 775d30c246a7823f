import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { StepFailed } from "../request";
import type { Cluster } from "../cluster/kubectl";

const together = z.object({
  items: z.array(
    z.object({
      kind: z.string(),
      metadata: z.object({ uid: z.string() }),
      status: z.object({ applicationState: z.object({ state: z.string() }).optional() }).optional(),
    }),
  ),
});

/** On this status the operator deletes the driver and submits the unchanged application again. */
const invalidated = JSON.stringify({ status: { applicationState: { state: "INVALIDATING" } } });

export interface Patience {
  readonly readySeconds: number;
  /** If an application has no driver and does not change for this long, its operator has forgotten it. */
  readonly forgottenSeconds: number;
  readonly lookSeconds: number;
}

interface Seen {
  readonly state: string;
  readonly driver: string | undefined;
}

async function look(name: string, cluster: Cluster, namespace: string): Promise<Seen> {
  const args = ["get", `sparkapplication/${name}`, `pod/${name}-driver`, "--ignore-not-found"];
  const { items } = together.parse(await cluster.json(...args, "--namespace", namespace));
  const application = items.find(({ kind }) => kind === "SparkApplication");
  if (!application) throw new StepFailed(`there is no sparkapplication/${name}: deploy it first`);
  return {
    state: application.status?.applicationState?.state ?? "NEW",
    driver: items.find(({ kind }) => kind === "Pod")?.metadata.uid,
  };
}

/**
 * Has an application submitted again, and waits until another driver runs. While it is between two drivers its status is
 * not changed: during a submission that makes the operator forget it (kubeflow/spark-operator#2905). The status of a
 * forgotten application is set again.
 * @throws StepFailed when no other driver runs in time
 */
export async function restartApplication(
  name: string,
  cluster: Cluster,
  namespace: string,
  { readySeconds, forgottenSeconds, lookSeconds }: Patience,
): Promise<void> {
  const deadlineMs = Date.now() + readySeconds * 1000;
  let old: Seen | undefined;
  let before: Seen | undefined;
  let sinceMs = Date.now();
  while (Date.now() < deadlineMs) {
    const seen = await look(name, cluster, namespace);
    if (seen.state !== before?.state) console.log(`sparkapplication/${name}: ${seen.state}`);
    if (seen.state !== before?.state || seen.driver !== before.driver) sinceMs = Date.now();
    before = seen;
    const runs = seen.state === "RUNNING" && seen.driver !== undefined;
    if (old && runs && seen.driver !== old.driver) return;
    const isForgotten = seen.driver === undefined && Date.now() - sinceMs >= forgottenSeconds * 1000;
    if ((!old && runs) || isForgotten) {
      old ??= seen;
      sinceMs = Date.now();
      const where = [`sparkapplication/${name}`, "--namespace", namespace, "--subresource=status"];
      await cluster.text("patch", ...where, "--type=merge", "--patch", invalidated);
    }
    await sleep(lookSeconds * 1000);
  }
  throw new StepFailed(
    `sparkapplication/${name} has no new driver after ${readySeconds} s, it is ${before?.state ?? "unknown"} ` +
      `(kubectl -n ${namespace} describe sparkapplication ${name}): the new password is in its Secret, run this again with --restart-only`,
  );
}
