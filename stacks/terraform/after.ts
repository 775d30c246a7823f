import { dependable, TerraformResource } from "cdktf";
import type { Construct } from "constructs";

function resourcesIn(construct: Construct): TerraformResource[] {
  return construct.node.findAll().filter((node) => TerraformResource.isTerraformResource(node));
}

/**
 * Makes Terraform create all of `later` after all of `earlier`, and destroy it before. (cdktf ignores
 * `node.addDependency`.)
 */
export function after(later: Construct, ...earlier: readonly Construct[]): void {
  const names = earlier.flatMap(resourcesIn).map(dependable);
  for (const resource of resourcesIn(later)) resource.dependsOn = [...(resource.dependsOn ?? []), ...names];
}
