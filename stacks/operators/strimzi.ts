import { Construct } from "constructs";
import type { Profile } from "../../profiles";
import { UpstreamChart } from "../constructs/upstream-chart";
import { secondsForJvmToStart } from "../patience";
import { resourcesWithDisk } from "../quantities";

/** Strimzi's cluster operator, for the lake's namespace only. */
export class StrimziOperator extends Construct {
  constructor(scope: Construct, id: string, { namespace, operators, cluster, images }: Profile) {
    super(scope, id);
    const { chart, imageRegistry, size } = operators.strimzi;
    new UpstreamChart(this, "chart", {
      chart,
      release: "strimzi",
      namespace: operators.namespace,
      values: {
        watchNamespaces: [namespace],
        watchAnyNamespace: false,
        resources: resourcesWithDisk(size, 0),
        livenessProbe: { initialDelaySeconds: secondsForJvmToStart, periodSeconds: 60 },
        ...(imageRegistry !== null && { defaultImageRegistry: imageRegistry }),
        // The operator also sets them on the pods that it creates.
        ...(images.pullSecrets.length > 0 && {
          image: { imagePullSecrets: images.pullSecrets.map((name) => ({ name })) },
        }),
        kubernetesServiceDnsDomain: cluster.domain,
        // By default the operator's pods have no security context, and the namespace's `restricted` level refuses them.
        extraEnvs: [{ name: "STRIMZI_POD_SECURITY_PROVIDER_CLASS", value: "restricted" }],
        // Its policies would be added to ours, and let any pod call the brokers at the listener's port.
        generateNetworkPolicy: false,
      },
    });
  }
}
