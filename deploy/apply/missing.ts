import { z } from "zod";
import type { Manifest } from "../../stacks/constructs/manifests";
import type { Cluster } from "../cluster/kubectl";
import { execute } from "../execute";
import type { Plan, PlannedRelease } from "../plan/plan";
import { readManifests } from "../render/read-manifests";
import { withTemporaryFile } from "../temporary-file";
import type { HelmTools } from "./helm";

const named = z.object({
  kind: z.string(),
  metadata: z.object({ name: z.string(), namespace: z.string().optional() }),
});

type Named = z.infer<typeof named>;

/** Parses what `kubectl get` prints: a list, a single object, or nothing. */
function readFound(text: string): Named[] {
  if (text.trim() === "") return [];
  const several = z.object({ items: z.array(named) });
  const found = z.union([several, named]).parse(JSON.parse(text));
  return "items" in found ? found.items : [found];
}

function nameOf({ kind, metadata: { name, namespace } }: Named | Manifest): string {
  return `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}

function listOf(items: readonly Manifest[]) {
  return { apiVersion: "v1", kind: "List", items };
}

/** The objects that Helm has installed for a release; none if it is not installed. */
async function installed(release: PlannedRelease, { cluster, helm }: HelmTools): Promise<Manifest[]> {
  const { name, namespace } = release;
  const args = ["get", "manifest", name, "--namespace", namespace, ...cluster.access.helm];
  const { code, stdout } = await execute(helm, args, cluster.access.env);
  return code === 0 ? readManifests(stdout, namespace) : [];
}

async function missingOf(manifests: readonly Manifest[], cluster: Cluster): Promise<Manifest[]> {
  if (manifests.length === 0) return [];
  const answer = await withTemporaryFile(listOf(manifests), (path) =>
    cluster.try("get", "--filename", path, "--ignore-not-found", "--output", "json"),
  );
  // The cluster does not know a kind: its CRD was deleted with an operator, which this deploy installs again.
  if (answer.code !== 0) return [];
  const there = new Set(readFound(answer.stdout).map(nameOf));
  return manifests.filter((manifest) => !there.has(nameOf(manifest)));
}

/**
 * Recreates deleted objects of installed releases. An upgrade by Helm does so itself; Terraform considers a release
 * complete as long as Helm has its record.
 * @returns one line for each object
 */
export async function restoreMissing(plan: Plan, tools: HelmTools): Promise<string[]> {
  const restored: string[] = [];
  for (const release of plan.flatMap(({ releases }) => releases)) {
    const missing = await missingOf(await installed(release, tools), tools.cluster);
    if (missing.length === 0) continue;
    await withTemporaryFile(listOf(missing), (path) =>
      tools.cluster.text("apply", "--server-side", "--field-manager=helm", "--filename", path),
    );
    restored.push(...missing.map((manifest) => `release ${release.name}: ${nameOf(manifest)} was gone`));
  }
  return restored;
}
