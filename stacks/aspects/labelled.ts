import { TerraformResource, type IAspect } from "cdktf";
import type { IConstruct } from "constructs";
import { partOf } from "../labels";

/** Puts the project's label on every Kubernetes object that Terraform creates directly, not through Helm. */
export class Labelled implements IAspect {
  visit(node: IConstruct): void {
    if (!TerraformResource.isTerraformResource(node)) return;
    if (node.terraformResourceType.startsWith("kubernetes_"))
      node.addOverride("metadata.labels", { ...partOf });
  }
}
