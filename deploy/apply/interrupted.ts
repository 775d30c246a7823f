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
 * An interrupted deploy leaves Helm's record of the pending operation, and Helm then refuses to change that release.
 * Removes such records. The objects that were created stay, and the next deploy continues with them.
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
