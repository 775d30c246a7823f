import { mebibytes } from "../../../deploy/fit/quantity";
import { loadProfile } from "../../../profiles";
import type { Manifest } from "../../../stacks/constructs/manifests";
import { smokeJob } from "../../../stacks/smoke/job";
import { exceptionsIn } from "./exceptions";
import { podIn, type Pod } from "./pods";
import { manifestsOf, ownManifests, titleOf } from "./rendered";

jest.setTimeout(60_000);

const disk = "ephemeral-storage";

/** Sum of the size limits of the pod's volumes on the node's disk, of those that have one. */
function volumesMebibytes({ volumes }: Pod): number {
  return volumes
    .filter(({ emptyDir }) => emptyDir?.sizeLimit !== undefined && emptyDir.medium !== "Memory")
    .reduce((sum, { emptyDir }) => sum + mebibytes(emptyDir?.sizeLimit ?? "0Mi"), 0);
}

describe.each([
  ["kind", ""],
  ["cloud", ""],
  ["ci", ""],
  ["ci", 'hdfs.dataNode.storage={"kind":"emptyDir","sizeGibibytes":7}'],
  ["ci", 'clickhouse.storage={"kind":"emptyDir","sizeGibibytes":7}'],
  ["kind", "images.node.pullPolicy=Always images.hdfs.pullPolicy=Always clickhouse.image.pullPolicy=Always"],
])("%s %s", (profile, changes) => {
  let manifests: Manifest[];
  beforeAll(async () => {
    const smoke = smokeJob(loadProfile(profile, changes), "smoke-1");
    manifests = [...manifestsOf(await ownManifests(profile, changes)), smoke];
  });

  test("each container of ours is bounded in what it leaves on its node's disk", () => {
    const pods = manifests.flatMap((manifest) => podIn(manifest) ?? []);
    expect(pods.length).toBeGreaterThan(5);
    const unbounded = pods.flatMap(({ title, containers, initContainers }) =>
      [...containers, ...initContainers]
        .filter(({ resources: { requests, limits } }) => !(disk in requests && disk in limits))
        .map(({ name }) => `${title}: ${name}`),
    );
    expect(unbounded).toEqual([]);
  });

  test("the bound of a pod is above what its volumes may hold: full volumes do not have it evicted", () => {
    for (const pod of manifests.flatMap((manifest) => podIn(manifest) ?? [])) {
      const limits = pod.containers.map(({ resources }) => mebibytes(resources.limits[disk] ?? "0"));
      const bound = limits.reduce((sum, limit) => sum + limit, 0);
      expect(`${pod.title}: ${bound > volumesMebibytes(pod)}`).toBe(`${pod.title}: true`);
    }
  });

  test("whatever an object asks kube-score to leave out, it says why", () => {
    const silent = manifests.flatMap((manifest) =>
      exceptionsIn(manifest)
        .filter(({ reason }) => !/^[A-Z].{40,}\.$/.test(reason ?? ""))
        .map(({ check }) => `${titleOf(manifest)}: ${check}`),
    );
    expect(silent).toEqual([]);
  });

  test("an image that is always pulled needs no excuse for it", () => {
    const excused = manifests.filter((manifest) =>
      exceptionsIn(manifest).some(({ check }) => check === "container-image-pull-policy"),
    );
    for (const manifest of excused)
      expect(podIn(manifest)?.containers.map(({ imagePullPolicy }) => imagePullPolicy)).not.toContain(
        "Always",
      );
    expect(excused.length > 0).toBe(!changes.includes("Always"));
  });
});
