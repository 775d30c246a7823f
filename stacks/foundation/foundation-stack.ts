import type { Construct } from "constructs";
import { Account } from "../constructs/account";
import { serviceAccounts } from "../names";
import { PlatformStack, type Deployment } from "../platform-stack";
import { RestrictedNamespace } from "./namespace";
import { NetworkPolicy } from "./network-policy";
import { networkPolicies } from "./policies";
import { after } from "../terraform/after";

/**
 * The namespaces, their NetworkPolicies, and the account of pods that need no rights. It is destroyed last, and not at
 * all with `--keep-data`: the volumes are in its namespace.
 */
export class FoundationStack extends PlatformStack {
  constructor(scope: Construct, deployment: Deployment) {
    super(scope, "foundation", deployment);
    const { profile } = this;
    const namespaces = [
      new RestrictedNamespace(this, "lake", profile.namespace),
      new RestrictedNamespace(this, "operators", profile.operators.namespace),
    ];
    const account = new Account(this, "no-rights", {
      name: serviceAccounts.none,
      namespace: profile.namespace,
      token: false,
      pullSecrets: profile.images.pullSecrets,
    });
    after(account, ...namespaces);
    for (const policy of networkPolicies(profile)) {
      const construct = new NetworkPolicy(this, `${policy.namespace}-${policy.name}`, policy);
      after(construct, ...namespaces);
    }
  }
}
