import { z } from "zod";
import type { Profile } from "../../profiles";
import { partOf } from "../../stacks/labels";
import type { Cluster } from "./kubectl";
import { labelSelector } from "./label-selector";

const volumes = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      spec: z.object({ claimRef: z.object({ namespace: z.string() }).optional() }),
    }),
  ),
});

/**
 * Deletes the PersistentVolumes that the charts created on folders of a node; those of a storage class were deleted with
 * their claims. The folders keep their content, which can be deleted on the node only.
 */
export async function deleteVolumes(cluster: Cluster, { namespace }: Profile): Promise<void> {
  const selector = ["--selector", labelSelector(partOf)];
  const { items } = volumes.parse(await cluster.json("get", "persistentvolumes", ...selector));
  for (const { metadata, spec } of items)
    if (spec.claimRef?.namespace === namespace)
      await cluster.text("delete", "persistentvolume", metadata.name);
}
