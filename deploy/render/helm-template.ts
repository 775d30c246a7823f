import { parseAllDocuments } from "yaml";
import type { Manifest } from "../../stacks/constructs/manifests";
import { versions } from "../../versions";
import { execute, lastLine } from "../execute";
import { withTemporaryFile } from "../temporary-file";
import type { PlannedRelease } from "../plan/plan";

/** A chart that Helm could not make manifests of; `why` is Helm's own word. */
export class NotRendered extends Error {
  constructor(
    readonly release: PlannedRelease,
    readonly why: string,
  ) {
    super(`release ${release.name}: ${why}`);
  }
}

/** Words of the command line that name a release's chart. */
export function chartWords({ chart, repository, version }: PlannedRelease): string[] {
  const source =
    repository === undefined
      ? [chart]
      : repository.startsWith("oci://")
        ? [`${repository}/${chart}`]
        : [chart, "--repo", repository];
  return [...source, ...(version === undefined ? [] : ["--version", version])];
}

function isManifest(value: unknown): value is Manifest {
  return typeof value === "object" && value !== null && "kind" in value && "metadata" in value;
}

const clusterWide =
  /^(Namespace|Node|PersistentVolume|StorageClass|PriorityClass|CustomResourceDefinition|APIService|Cluster.*|.*WebhookConfiguration)$/;

/** Charts leave it to Helm to say where their objects go. */
function inNamespace(manifest: Manifest, namespace: string): Manifest {
  if (clusterWide.test(manifest.kind) || manifest.metadata.namespace !== undefined) return manifest;
  return { ...manifest, metadata: { ...manifest.metadata, namespace } };
}

/**
 * The objects that a release would bring, its custom resource definitions among them.
 * @throws NotRendered
 */
export async function helmTemplate(
  release: PlannedRelease,
  { helm, env }: { readonly helm: string; readonly env: NodeJS.ProcessEnv },
): Promise<Manifest[]> {
  const done = await withTemporaryFile(release.values, (values) =>
    execute(
      helm,
      [
        ...["template", release.name, ...chartWords(release)],
        ...["--namespace", release.namespace, "--values", values, "--include-crds"],
        ...["--kube-version", versions.kubernetes.newestTested],
      ],
      env,
    ),
  );
  if (done.code !== 0) throw new NotRendered(release, lastLine(done));
  const documents = parseAllDocuments(done.stdout, { merge: true });
  if (!Array.isArray(documents)) return [];
  const broken = documents.flatMap(({ errors }) => errors)[0];
  if (broken) throw new NotRendered(release, broken.message);
  return documents
    .map((document) => document.toJS() as unknown)
    .filter(isManifest)
    .map((manifest) => inNamespace(manifest, release.namespace));
}
