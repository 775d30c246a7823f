import { plannedClaims } from "../../../deploy/claims/planned-claims";
import { readLiveClaims } from "../../../deploy/claims/live-claims";
import { claimChanges } from "../../../deploy/claims/claim-changes";
import { loadProfile } from "../../../profiles";
import type { Manifest } from "../../../stacks/constructs/manifests";
import { manifestsOf, ownManifests } from "./rendered";

jest.setTimeout(60_000);

interface StatefulSet extends Manifest {
  readonly spec: {
    readonly replicas: number;
    readonly volumeClaimTemplates?: readonly { readonly metadata: { readonly name: string } }[];
  };
}

const ofKind = (manifests: readonly Manifest[], kind: string) =>
  manifests.filter((manifest) => manifest.kind === kind);

/** Names of the claims that a StatefulSet creates. */
function claimsOf({ metadata, spec }: StatefulSet): string[] {
  return (spec.volumeClaimTemplates ?? []).flatMap((template) =>
    Array.from(
      { length: spec.replicas },
      (_, ordinal) => `${template.metadata.name}-${metadata.name}-${ordinal}`,
    ),
  );
}

describe.each([
  ["kind", ""],
  ["cloud", ""],
  ["ci", ""],
  ["cloud", "hdfs.ha=false hdfs.dataNodes=5"],
])("%s %s", (name, changes) => {
  let manifests: Manifest[];
  beforeAll(async () => {
    manifests = manifestsOf(await ownManifests(name, changes));
  });

  test("the claims that a deploy looks at are those that the charts make", () => {
    const planned = plannedClaims(loadProfile(name, changes));
    const byStatefulSet = (ofKind(manifests, "StatefulSet") as StatefulSet[]).flatMap(claimsOf);
    const byRelease = ofKind(manifests, "PersistentVolumeClaim").map(({ metadata }) => metadata.name);
    const names = (madeBy: string) =>
      planned.filter((claims) => claims.madeBy === madeBy).flatMap((claims) => claims.names);
    expect(names("statefulSet").toSorted()).toEqual(byStatefulSet.toSorted());
    expect(names("release").toSorted()).toEqual(byRelease.toSorted());
    expect(byRelease.length).toBeGreaterThan(0);
  });

  test("a second deploy of the same has nothing to do to them", () => {
    const claims = ofKind(manifests, "PersistentVolumeClaim").map((claim) => ({
      ...claim,
      metadata: { ...claim.metadata, annotations: { "meta.helm.sh/release-name": "clickhouse" } },
    }));
    const live = readLiveClaims({ items: claims }, { items: ofKind(manifests, "StatefulSet") });
    expect(claimChanges(plannedClaims(loadProfile(name, changes)), live)).toEqual({
      refusals: [],
      grown: [],
      adopted: [],
      recreated: [],
    });
  });
});
