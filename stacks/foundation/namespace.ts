import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { Construct } from "constructs";
import { versions } from "../../versions";

/** A namespace that takes only pods that keep to the `restricted` Pod Security level. */
export class RestrictedNamespace extends Construct {
  readonly resource: NamespaceV1;

  constructor(scope: Construct, id: string, name: string) {
    super(scope, id);
    const levels = ["enforce", "audit", "warn"].flatMap((mode) => [
      [`pod-security.kubernetes.io/${mode}`, "restricted"],
      // A newer cluster must not refuse what was checked against this level.
      [`pod-security.kubernetes.io/${mode}-version`, `v${versions.kubernetes.minimum}`],
    ]);
    this.resource = new NamespaceV1(this, "namespace", {
      metadata: { name, labels: Object.fromEntries(levels) as Record<string, string> },
    });
  }
}
