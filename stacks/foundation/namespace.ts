import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { Construct } from "constructs";
import { versions } from "../../versions";

/** A namespace that admits only pods of the `restricted` Pod Security level. */
export class RestrictedNamespace extends Construct {
  readonly resource: NamespaceV1;

  constructor(scope: Construct, id: string, name: string) {
    super(scope, id);
    const levels = ["enforce", "audit", "warn"].flatMap((mode) => [
      [`pod-security.kubernetes.io/${mode}`, "restricted"],
      // Pinned, so that a newer cluster does not refuse pods that were checked against this version of the level.
      [`pod-security.kubernetes.io/${mode}-version`, `v${versions.kubernetes.minimum}`],
    ]);
    this.resource = new NamespaceV1(this, "namespace", {
      metadata: { name, labels: Object.fromEntries(levels) as Record<string, string> },
    });
  }
}
