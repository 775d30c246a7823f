import { ownImages } from "../versions";

/** A release that would push images to where no profile looks for them. The message says what to change. */
export class RefusedRelease extends Error {
  override name = "RefusedRelease";
}

/**
 * Where to push a release's images, as variables of `docker-bake.hcl`: the place where every profile looks for them.
 * @param gitTag tag of the release, such as `v1.2.3`
 * @param owner owner of the GitHub repository; its workflows may push to this owner's packages only
 * @throws RefusedRelease when versions.ts names another version, or a registry outside the owner's packages
 */
export function releaseVariables(
  gitTag: string,
  owner: string,
): { readonly REGISTRY: string; readonly TAG: string } {
  const { registry, tag } = ownImages;
  if (gitTag !== `v${tag}`)
    throw new RefusedRelease(
      `git tag: got '${gitTag}', allowed: v${tag}, the version that versions.ts and so every profile names. Change ownImages.tag first, or tag another commit.`,
    );
  const allowed = `ghcr.io/${owner.toLowerCase()}`;
  if (registry !== allowed && !registry.startsWith(`${allowed}/`))
    throw new RefusedRelease(
      `ownImages.registry of versions.ts: got '${registry}', allowed: ${allowed} or below it, as this repository pushes nowhere else and every profile pulls from there`,
    );
  return { REGISTRY: registry, TAG: tag };
}

/** `node --import tsx images/release.ts GIT_TAG OWNER` prints the variables, one per line. */
if (require.main === module) {
  const [gitTag = "", owner = ""] = process.argv.slice(2);
  try {
    for (const [name, value] of Object.entries(releaseVariables(gitTag, owner)))
      console.log(`${name}=${value}`);
  } catch (error) {
    if (!(error instanceof RefusedRelease)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
