import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { Construct } from "constructs";

export interface AccountProps {
  readonly name: string;
  readonly namespace: string;
  /** Whether its pods get a token: only those that talk to the API server need one. */
  readonly token: boolean;
  /** With which its pods pull images, where they name no Secrets themselves. */
  readonly pullSecrets?: readonly string[];
}

/** An account that can do nothing until it is granted something. */
export class Account extends Construct {
  constructor(scope: Construct, id: string, { name, namespace, token, pullSecrets = [] }: AccountProps) {
    super(scope, id);
    new ServiceAccountV1(this, "account", {
      metadata: { name, namespace },
      automountServiceAccountToken: token,
      ...(pullSecrets.length > 0 && { imagePullSecret: pullSecrets.map((secret) => ({ name: secret })) }),
    });
  }
}
