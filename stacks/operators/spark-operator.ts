import { Construct } from "constructs";
import type { Profile } from "../../profiles";
import { tagWithDigest, type Image } from "../../profiles/schema/image";
import { Grant } from "../constructs/grant";
import { UpstreamChart } from "../constructs/upstream-chart";
import { sparkOperatorAccount } from "../names";
import { resourcesWithDisk } from "../quantities";

function imageValues(image: Image) {
  const [registry = "", ...rest] = image.repository.split("/");
  return { registry, repository: rest.join("/"), tag: tagWithDigest(image), pullPolicy: image.pullPolicy };
}

/** Kubeflow's Spark operator, for the lake's namespace only. */
export class SparkOperator extends Construct {
  constructor(scope: Construct, id: string, { namespace, operators, images }: Profile) {
    super(scope, id);
    const { chart, image, controller, webhook } = operators.spark;
    const account = { name: sparkOperatorAccount, namespace: operators.namespace };
    new UpstreamChart(this, "chart", {
      chart,
      release: "spark-operator",
      namespace: operators.namespace,
      values: {
        fullnameOverride: "spark-operator",
        image: {
          ...(image !== null && imageValues(image)),
          ...(images.pullSecrets.length > 0 && { pullSecrets: images.pullSecrets.map((name) => ({ name })) }),
        },
        // CRDs are upgraded by hand before the chart (docs/upgrading.md): the hook needs a cluster admin's rights.
        hook: { upgradeCrd: false },
        controller: {
          resources: resourcesWithDisk(controller, 0),
          serviceAccount: { create: true, name: account.name },
        },
        webhook: { enable: true, resources: resourcesWithDisk(webhook, 0) },
        // The jobs have their own service accounts.
        spark: { jobNamespaces: [namespace], serviceAccount: { create: false }, rbac: { create: false } },
        prometheus: { metrics: { enable: true, port: 8080 } },
      },
    });
    // Spark 4.2 creates a NetworkPolicy for each submitted application; the chart's role does not allow that.
    new Grant(this, "network-policies", {
      name: "spark-operator-network-policies",
      namespace,
      account,
      rules: [
        {
          apiGroups: ["networking.k8s.io"],
          resources: ["networkpolicies"],
          verbs: ["get", "list", "watch", "create", "update", "patch", "delete"],
        },
      ],
    });
  }
}
