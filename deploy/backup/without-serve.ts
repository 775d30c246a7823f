import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { componentLabel } from "../../stacks/labels";
import type { Cluster } from "../cluster/kubectl";
import { labelSelector } from "../cluster/label-selector";
import { StepFailed } from "../request";

const deployment = "deployment/serve";
const secondsToStop = 120;

const scale = z.object({ spec: z.object({ replicas: z.number() }) });
const pods = z.object({ items: z.array(z.object({ metadata: z.object({ name: z.string() }) })) });

async function untilGone(cluster: Cluster, namespace: string): Promise<void> {
  const selector = labelSelector(componentLabel("serve"));
  for (const until = Date.now() + secondsToStop * 1000; ; await sleep(1000)) {
    const { items } = pods.parse(
      await cluster.json("get", "pods", "--namespace", namespace, "--selector", selector),
    );
    const [left] = items;
    if (!left) return;
    if (Date.now() > until)
      throw new StepFailed(`pod ${left.metadata.name} did not end within ${secondsToStop} s`);
  }
}

/** Runs `work` while serve is stopped, and starts serve again whether `work` succeeds or fails. */
export async function withoutServe<T>(
  cluster: Cluster,
  namespace: string,
  work: () => Promise<T>,
): Promise<T> {
  const found = await cluster.json("get", deployment, "--namespace", namespace);
  const { replicas } = scale.parse(found).spec;
  const scaleTo = (count: number) =>
    cluster.text("scale", deployment, "--namespace", namespace, `--replicas=${count}`);
  console.log("serve is stopped meanwhile");
  await scaleTo(0);
  try {
    await untilGone(cluster, namespace);
    return await work();
  } finally {
    await scaleTo(replicas);
    console.log("serve is started again");
  }
}
