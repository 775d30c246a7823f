import { parseAllDocuments } from "yaml";
import type { Manifest } from "../../stacks/constructs/manifests";

function isManifest(value: unknown): value is Manifest {
  return typeof value === "object" && value !== null && "kind" in value && "metadata" in value;
}

const clusterWide =
  /^(Namespace|Node|PersistentVolume|StorageClass|PriorityClass|CustomResourceDefinition|APIService|Cluster.*|.*WebhookConfiguration)$/;

/** Sets the namespace, which charts leave to Helm, and removes it from cluster-wide objects, where some charts set it. */
function inNamespace(manifest: Manifest, namespace: string): Manifest {
  const { namespace: own, ...metadata } = manifest.metadata;
  if (clusterWide.test(manifest.kind)) return { ...manifest, metadata };
  return { ...manifest, metadata: { ...metadata, namespace: own ?? namespace } };
}

/**
 * Parses the objects of a stream of YAML documents.
 * @param namespace for objects that name none and are not cluster-wide
 * @throws Error for a document that is not valid YAML
 */
export function readManifests(text: string, namespace: string): Manifest[] {
  const documents = parseAllDocuments(text, { merge: true });
  if (!Array.isArray(documents)) return [];
  const broken = documents.flatMap(({ errors }) => errors)[0];
  if (broken) throw broken;
  return documents
    .map((document) => document.toJS() as unknown)
    .filter(isManifest)
    .map((manifest) => inNamespace(manifest, namespace));
}
