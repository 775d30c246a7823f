import type { Profile } from "../../profiles";
import type { StackName } from "../../stacks/platform-stack";
import type { Cluster } from "../cluster/kubectl";
import { claimChanges, type ClaimChanges } from "./claim-changes";
import { askLiveClaims } from "./live-claims";
import { plannedClaims } from "./planned-claims";

/** @param stacks that are deployed; all when absent */
export async function askClaimChanges(
  cluster: Cluster,
  profile: Profile,
  stacks?: readonly StackName[],
): Promise<ClaimChanges> {
  const planned = plannedClaims(profile).filter(({ stack }) => stacks?.includes(stack) ?? true);
  return claimChanges(planned, await askLiveClaims(cluster, profile.namespace));
}

/** One line for each change that will be made. */
export function claimLines({ grown, adopted, recreated }: ClaimChanges): string[] {
  return [
    ...grown.map(({ claim, gibibytes }) => `volume ${claim} grows to ${gibibytes} GiB`),
    ...adopted.map(({ claim, release }) => `volume ${claim} becomes an object of the release ${release}`),
    ...recreated.map(
      (name) =>
        `StatefulSet ${name} is made anew around its running pods: its templates of claims can't be changed`,
    ),
  ];
}

/** May be interrupted and repeated. Until Helm has run, the pods of `recreated` run on, but nothing restarts them. */
export async function changeClaims(
  cluster: Cluster,
  namespace: string,
  { grown, adopted, recreated }: ClaimChanges,
): Promise<void> {
  const there = ["--namespace", namespace];
  for (const { claim, gibibytes } of grown) {
    const patch = { spec: { resources: { requests: { storage: `${gibibytes}Gi` } } } };
    await cluster.text("patch", "persistentvolumeclaim", claim, ...there, "--patch", JSON.stringify(patch));
  }
  for (const { claim, release } of adopted) {
    const metadata = {
      labels: { "app.kubernetes.io/managed-by": "Helm" },
      annotations: {
        "meta.helm.sh/release-name": release,
        "meta.helm.sh/release-namespace": namespace,
      },
    };
    await cluster.text(
      ...["patch", "persistentvolumeclaim", claim, ...there, "--patch", JSON.stringify({ metadata })],
    );
  }
  for (const name of recreated)
    await cluster.text("delete", "statefulset", name, ...there, "--cascade=orphan", "--ignore-not-found");
}
