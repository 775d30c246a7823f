import { releaseVariables } from "../../../images/release";
import { ownImages } from "../../../versions";

const owner = ownImages.registry.split("/")[1] ?? "";

test("a release pushes where every profile looks, whatever case GitHub writes its owner in", () => {
  const pushed = { REGISTRY: ownImages.registry, TAG: ownImages.tag };
  expect(releaseVariables(`v${ownImages.tag}`, owner)).toEqual(pushed);
  expect(releaseVariables(`v${ownImages.tag}`, owner.toUpperCase())).toEqual(pushed);
});

test.each([
  ["v99.0.0", owner, `git tag: got 'v99.0.0', allowed: v${ownImages.tag}, the version that versions.ts`],
  ["", owner, `git tag: got '', allowed: v${ownImages.tag}`],
  [
    `v${ownImages.tag}`,
    "someone",
    `ownImages.registry of versions.ts: got '${ownImages.registry}', allowed: ghcr.io/someone or below it`,
  ],
  [`v${ownImages.tag}`, owner.slice(0, -1), "allowed: ghcr.io/"],
])("a release of %s by %s is refused before anything is pushed", (tag, by, says) => {
  expect(() => releaseVariables(tag, by)).toThrow(says);
});
