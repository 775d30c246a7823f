import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { Construct } from "constructs";

export interface AccountProps {
  readonly name: string;
  readonly namespace: string;
  /** Whether its pods get a token. Only pods that call the API server need one. */
  readonly token: boolean;
  /** Secrets with which its pods pull images, if the pods name none themselves. */
  readonly pullSecrets?: readonly string[];
}

/** A service account, without rights until a `Grant` gives it some. */
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
