import { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { Construct } from "constructs";
import { kubeScoreExceptions } from "../kube-score-exceptions";
import { componentLabel, labelsOf } from "../labels";
import { secondsToBeReady } from "../patience";
import { nodeExceptions } from "./node-exceptions";
import { nodePod, type NodePodProps } from "./node-pod";

const secondsToStop = 30;

/** One process that runs for ever and must not run twice: the old one ends before the new one starts. */
export class SingletonDeployment extends Construct {
  constructor(scope: Construct, id: string, props: NodePodProps) {
    super(scope, id);
    const { component, profile } = props;
    new DeploymentV1(this, "deployment", {
      metadata: {
        name: component,
        namespace: profile.namespace,
        labels: labelsOf(component),
        ...kubeScoreExceptions(nodeExceptions(profile.images.node)),
      },
      // Both Terraform and Helm give a Deployment up when its own deadline has passed, whatever they were told.
      timeouts: { create: `${secondsToBeReady}s`, update: `${secondsToBeReady}s` },
      spec: {
        replicas: "1",
        progressDeadlineSeconds: secondsToBeReady,
        strategy: { type: "Recreate" },
        selector: { matchLabels: componentLabel(component) },
        template: {
          metadata: { labels: labelsOf(component) },
          spec: { ...nodePod(props), terminationGracePeriodSeconds: secondsToStop },
        },
      },
    });
  }
}
