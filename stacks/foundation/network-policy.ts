import { NetworkPolicyV1 } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { Construct } from "constructs";
import { kubeScoreExceptions } from "../kube-score-exceptions";
import type { Policy } from "./policies";

export class NetworkPolicy extends Construct {
  constructor(scope: Construct, id: string, { name, namespace, exceptions, spec }: Policy) {
    super(scope, id);
    new NetworkPolicyV1(this, "policy", {
      metadata: { name, namespace, ...kubeScoreExceptions(exceptions) },
      spec,
    });
  }
}
