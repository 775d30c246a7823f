import { findKubeScore, findings } from "./kube-score";
import { exceptionsIn } from "./exceptions";
import { manifestsOf, ownManifests, titleOf } from "./rendered";
import { versions } from "../../../versions";

jest.setTimeout(120_000);

const profiles = ["kind", "small", "cloud", "ci"];
const everyFinding = ["--disable-ignore-checks-annotations"];

const kubeScore = findKubeScore(process.env);

if (kubeScore === undefined) {
  console.warn(
    `SKIPPED: kube-score on the rendered manifests. There is none on the PATH, in GOBIN or in ~/go/bin: go install github.com/zegl/kube-score/cmd/kube-score@v${versions.kubeScore}`,
  );
  test.skip("kube-score on the rendered manifests: it is not installed", () => undefined);
} else {
  test.each(profiles)(
    "kube-score finds nothing in %s that is not explained; the charts of others (Strimzi, Spark operator, AKHQ) are left out",
    async (profile) => {
      const manifests = manifestsOf(await ownManifests(profile));
      expect(await findings(kubeScore, manifests)).toEqual([]);
    },
  );

  test("nothing is explained that kube-score does not find", async () => {
    const [explained, found] = [new Set<string>(), new Set<string>()];
    for (const profile of profiles) {
      const manifests = manifestsOf(await ownManifests(profile));
      for (const manifest of manifests)
        for (const { check } of exceptionsIn(manifest)) explained.add(`${titleOf(manifest)}: ${check}`);
      for (const { object, check } of await findings(kubeScore, manifests, everyFinding))
        found.add(`${object}: ${check}`);
    }
    expect(explained.size).toBeGreaterThan(30);
    expect([...explained].filter((exception) => !found.has(exception))).toEqual([]);
  });

  test("a container without a bound to its disk is seen", async () => {
    const manifests = manifestsOf(await ownManifests("ci"));
    const bare = manifests.map((manifest) =>
      titleOf(manifest) === "Deployment lake/serve"
        ? (JSON.parse(
            JSON.stringify(manifest).replaceAll("ephemeral-storage", "hugepages-2Mi"),
          ) as typeof manifest)
        : manifest,
    );
    expect(await findings(kubeScore, bare)).toMatchObject([
      { object: "Deployment lake/serve", check: "container-ephemeral-storage-request-and-limit" },
    ]);
  });
}
