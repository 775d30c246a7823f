import { z } from "zod";
import type { Profile } from "../../profiles";
import type { Cluster } from "../cluster/kubectl";

const secrets = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), labels: z.object({ name: z.string(), status: z.string() }) }),
    }),
  ),
});

/**
 * A deploy that was cut off leaves Helm's record of what it was doing, and Helm then does nothing more with that
 * release. Removes such records; what they had made stays, and the next deploy goes on with it.
 * @returns the releases' names
 */
export async function clearInterrupted(cluster: Cluster, profile: Profile): Promise<string[]> {
  const cleared: string[] = [];
  for (const namespace of [profile.namespace, profile.operators.namespace]) {
    const selector = "owner=helm,status in (pending-install,pending-upgrade,pending-rollback,uninstalling)";
    const found = await cluster.json("get", "secrets", "--namespace", namespace, "--selector", selector);
    for (const { metadata } of secrets.parse(found).items) {
      await cluster.text("delete", "secret", metadata.name, "--namespace", namespace);
      cleared.push(metadata.labels.name);
    }
  }
  return cleared;
}
