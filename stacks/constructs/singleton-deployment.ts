import { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { Construct } from "constructs";
import type { Profile } from "../../profiles";
import { kubeScoreExceptions } from "../kube-score-exceptions";
import { componentLabel, labelsOf, type Component } from "../labels";
import type { NodePart } from "../parts/node-part";
import { secondsToBeReady } from "../patience";
import { podBlock } from "../terraform/pod-block";
import { nodeExceptions } from "./node-exceptions";
import { nodePod } from "./node-pod";

const secondsToStop = 30;

/** A part that runs as one long-lived process and never twice at once: the old pod ends before the new one starts. */
export class SingletonDeployment extends Construct {
  constructor(scope: Construct, id: string, part: NodePart<Component>, profile: Profile) {
    super(scope, id);
    // Terraform identifies the resource by its path: with another path it would be replaced.
    new DeploymentV1(new Construct(this, "worker"), "deployment", {
      metadata: {
        name: part.name,
        namespace: profile.namespace,
        labels: labelsOf(part.name),
        ...kubeScoreExceptions(nodeExceptions(profile.images.node)),
      },
      // Terraform and Helm stop waiting at the Deployment's own progress deadline, whatever their timeouts are.
      timeouts: { create: `${secondsToBeReady}s`, update: `${secondsToBeReady}s` },
      spec: {
        replicas: "1",
        progressDeadlineSeconds: secondsToBeReady,
        strategy: { type: "Recreate" },
        selector: { matchLabels: componentLabel(part.name) },
        template: {
          metadata: { labels: labelsOf(part.name) },
          spec: podBlock({ ...nodePod(part, profile), terminationGracePeriodSeconds: secondsToStop }),
        },
      },
    });
  }
}
