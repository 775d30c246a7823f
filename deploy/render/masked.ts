import type { Manifest } from "../../stacks/constructs/manifests";

interface SecretLike extends Manifest {
  readonly data?: Readonly<Record<string, string>>;
  readonly stringData?: Readonly<Record<string, string>>;
}

const madeInTheCluster = "(made in the cluster, once)";

function masked(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.keys(values).map((key) => [key, madeInTheCluster]));
}

/** The object without the passwords that a chart invents at each rendering: they are nobody's, and differ every time. */
export function withoutSecrets(manifest: Manifest): Manifest | SecretLike {
  if (manifest.kind !== "Secret") return manifest;
  const { data, stringData, ...rest } = manifest as SecretLike;
  return {
    ...rest,
    // As texts, so that an API server takes the object as it is shown.
    stringData: { ...(data && masked(data)), ...(stringData && masked(stringData)) },
  };
}
