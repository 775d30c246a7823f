import type { Manifest } from "../../stacks/constructs/manifests";
import { versions } from "../../versions";
import { execute, lastLine } from "../execute";
import { withTemporaryFile } from "../temporary-file";
import type { PlannedRelease } from "../plan/plan";
import { readManifests } from "./read-manifests";

/** A chart that Helm could not render; `why` is Helm's message. */
export class NotRendered extends Error {
  constructor(
    readonly release: PlannedRelease,
    readonly why: string,
  ) {
    super(`release ${release.name}: ${why}`);
  }
}

/** Helm's arguments that name a release's chart. */
export function chartArgs({ chart, repository, version }: PlannedRelease): string[] {
  const source =
    repository === undefined
      ? [chart]
      : repository.startsWith("oci://")
        ? [`${repository}/${chart}`]
        : [chart, "--repo", repository];
  return [...source, ...(version === undefined ? [] : ["--version", version])];
}

/**
 * The objects that a release would install, including its custom resource definitions.
 * @throws NotRendered when Helm can't render the chart, or its output is not valid YAML
 */
export async function helmTemplate(
  release: PlannedRelease,
  { helm, env }: { readonly helm: string; readonly env: NodeJS.ProcessEnv },
): Promise<Manifest[]> {
  const done = await withTemporaryFile(release.values, (values) =>
    execute(
      helm,
      [
        ...["template", release.name, ...chartArgs(release)],
        ...["--namespace", release.namespace, "--values", values, "--include-crds"],
        ...["--kube-version", versions.kubernetes.newestTested],
      ],
      env,
    ),
  );
  if (done.code !== 0) throw new NotRendered(release, lastLine(done));
  try {
    return readManifests(done.stdout, release.namespace);
  } catch (error) {
    throw new NotRendered(release, (error as Error).message);
  }
}
