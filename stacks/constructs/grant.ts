import { RoleBindingV1 } from "@cdktf/provider-kubernetes/lib/role-binding-v1";
import { RoleV1 } from "@cdktf/provider-kubernetes/lib/role-v1";
import { Construct } from "constructs";

export interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  /** Names of the objects that the rule is limited to; all objects if absent. It can't limit the verb `create`. */
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

export interface GrantProps {
  readonly name: string;
  readonly namespace: string;
  readonly account: { readonly name: string; readonly namespace: string };
  readonly rules: readonly Rule[];
}

/** Rights of an account in one namespace: a Role and its RoleBinding. */
export class Grant extends Construct {
  constructor(scope: Construct, id: string, { name, namespace, account, rules }: GrantProps) {
    super(scope, id);
    new RoleV1(this, "role", {
      metadata: { name, namespace },
      rule: rules.map(({ apiGroups, resources, resourceNames, verbs }) => ({
        apiGroups: [...apiGroups],
        resources: [...resources],
        ...(resourceNames && { resourceNames: [...resourceNames] }),
        verbs: [...verbs],
      })),
    });
    new RoleBindingV1(this, "binding", {
      metadata: { name, namespace },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name },
      subject: [{ kind: "ServiceAccount", name: account.name, namespace: account.namespace }],
    });
  }
}
