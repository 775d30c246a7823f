import { join, resolve } from "node:path";
import { GcsBackend, LocalBackend, S3Backend, type TerraformStack } from "cdktf";
import { kubeconfigFiles } from "../../profiles/environment";
import type { TerraformBackend } from "../../profiles/schema/terraform";

/** Gives the stack a state of its own, named after the stack. */
export function addBackend(
  stack: TerraformStack,
  backend: TerraformBackend,
  place: { readonly projectRoot: string; readonly kubeconfig: string; readonly context: string | null },
): void {
  const name = stack.node.id;
  const files = kubeconfigFiles(place.kubeconfig);
  switch (backend.kind) {
    case "local":
      new LocalBackend(stack, { path: join(resolve(place.projectRoot, backend.folder), `${name}.tfstate`) });
      return;
    case "kubernetes":
      // cdktf has no class for this backend.
      stack.addOverride("terraform.backend.kubernetes", {
        secret_suffix: name,
        namespace: backend.namespace,
        ...(files.length === 1 ? { config_path: files[0] } : { config_paths: files }),
        ...(place.context !== null && { config_context: place.context }),
      });
      return;
    case "s3":
      new S3Backend(stack, {
        bucket: backend.bucket,
        region: backend.region,
        key: `${backend.prefix}/${name}.tfstate`,
        encrypt: true,
        ...(backend.lockTable !== null && { dynamodbTable: backend.lockTable }),
      });
      if (backend.lockTable === null) stack.addOverride("terraform.backend.s3.use_lockfile", true);
      return;
    case "gcs":
      new GcsBackend(stack, { bucket: backend.bucket, prefix: `${backend.prefix}/${name}` });
  }
}
