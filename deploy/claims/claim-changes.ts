import type { Storage } from "../../profiles/schema/size";
import type { Claimed, LiveClaims } from "./live-claims";
import type { PlannedClaims } from "./planned-claims";

/** Changes of volumes that have to be made before Helm can upgrade a release, and changes that are impossible. */
export interface ClaimChanges {
  /** One line for each volume that can't become what the profile asks for, with the field and what to do. */
  readonly refusals: readonly string[];
  readonly grown: readonly { readonly claim: string; readonly gibibytes: number }[];
  /** Claims that a StatefulSet created, and that become objects of the release. */
  readonly adopted: readonly { readonly claim: string; readonly release: string }[];
  /** StatefulSets whose templates of claims change: they are deleted without their pods, and Helm recreates them. */
  readonly recreated: readonly string[];
}

const way = "docs/upgrading.md#volumes says how";

/** The storage class of a volume on a node's folder: our charts set it to the empty string. */
const ofFolder = "";

function kindOf({ storageClass }: Claimed): "claim" | "hostPath" {
  return storageClass === ofFolder ? "hostPath" : "claim";
}

function refusal(
  { field, storage }: PlannedClaims,
  name: string,
  live: Claimed,
  growing: LiveClaims["growing"],
): string | undefined {
  const kind = kindOf(live);
  if (storage.kind !== kind)
    return `${field}.kind: got ${storage.kind}, and ${name} is a ${kind} with data, which would stay behind: ${way}`;
  if (storage.kind === "claim" && storage.storageClass !== null && storage.storageClass !== live.storageClass)
    return `${field}.storageClass: got ${storage.storageClass}, and ${name} is of ${live.storageClass ?? "the default class"}: a volume's class never changes: ${way}`;
  const size = `${field}.sizeGibibytes: got ${storage.sizeGibibytes}, and ${name} has ${live.gibibytes}`;
  if (storage.sizeGibibytes < live.gibibytes)
    return `${size}: a volume never shrinks: leave it at ${live.gibibytes}; for a smaller one ${way}`;
  if (storage.sizeGibibytes === live.gibibytes) return undefined;
  if (kind === "hostPath")
    return `${size}: a folder has the size of its node's disk, and the number can't be changed: leave it`;
  if (growing === undefined || growing.has(live.storageClass ?? "")) return undefined;
  return `${size}: its class ${live.storageClass ?? "(none)"} lets no volume grow (allowVolumeExpansion): ${way}`;
}

/** Pods of a StatefulSet without claims have their data in an emptyDir: with a claim they would start empty. */
function refusalOfPodsOwn(
  { field, storage, statefulSet, madeBy }: PlannedClaims,
  live: LiveClaims,
): string | undefined {
  if (madeBy === "release" || storage.kind === "emptyDir") return undefined;
  if (live.templates.get(statefulSet)?.length !== 0) return undefined;
  return `${field}.kind: got ${storage.kind}, and the pods of ${statefulSet} keep their data in themselves (emptyDir), which would be gone: ${way}`;
}

function templateDiffers(template: Claimed | undefined, storage: Storage): boolean {
  if (storage.kind === "emptyDir") return template !== undefined;
  const storageClass = storage.kind === "hostPath" ? ofFolder : (storage.storageClass ?? undefined);
  return template?.gibibytes !== storage.sizeGibibytes || template.storageClass !== storageClass;
}

function mustBeRecreated({ statefulSet, storage, madeBy }: PlannedClaims, live: LiveClaims): boolean {
  const templates = live.templates.get(statefulSet);
  if (!templates) return false;
  return madeBy === "release" ? templates.length > 0 : templateDiffers(templates[0], storage);
}

/** Compares the claims that a profile asks for with those in the cluster. */
export function claimChanges(planned: readonly PlannedClaims[], live: LiveClaims): ClaimChanges {
  const refusals: string[] = [];
  const grown: { claim: string; gibibytes: number }[] = [];
  const adopted: { claim: string; release: string }[] = [];
  for (const claims of planned) {
    refusals.push(...[refusalOfPodsOwn(claims, live)].filter((line) => line !== undefined));
    for (const claim of claims.names) {
      const found = live.claims.get(claim);
      if (!found) continue;
      const refused = refusal(claims, claim, found, live.growing);
      if (refused !== undefined) refusals.push(refused);
      else if (claims.madeBy === "statefulSet" && claims.storage.sizeGibibytes > found.gibibytes)
        grown.push({ claim, gibibytes: claims.storage.sizeGibibytes });
      else if (claims.madeBy === "release" && found.release === undefined)
        adopted.push({ claim, release: claims.statefulSet });
    }
  }
  const recreated = planned
    .filter((claims) => mustBeRecreated(claims, live))
    .map(({ statefulSet }) => statefulSet);
  return { refusals, grown, adopted, recreated: [...new Set(recreated)] };
}
