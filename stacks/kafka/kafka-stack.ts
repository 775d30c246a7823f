import type { Construct } from "constructs";
import { Manifests } from "../constructs/manifests";
import { PlatformStack, type Deployment } from "../platform-stack";
import { kafkaManifest, nodePoolManifest } from "./cluster";
import { topicManifests } from "./topics";
import { userManifests } from "./users";
import { after } from "../terraform/after";

export class KafkaStack extends PlatformStack {
  constructor(scope: Construct, deployment: Deployment) {
    super(scope, "kafka", deployment);
    const { profile } = this;
    const { kafka, namespace } = profile;
    if (kafka.mode === "external") return;
    const cluster = new Manifests(this, "cluster", {
      release: "kafka",
      namespace,
      manifests: [nodePoolManifest(profile, kafka), kafkaManifest(profile, kafka)],
    });
    // A separate release: topics and users must be deleted before the cluster is, or their finalizers hang.
    const contract = new Manifests(this, "contract", {
      release: "kafka-contract",
      namespace,
      manifests: [...topicManifests(profile, kafka), ...userManifests(profile)],
    });
    after(contract, cluster);
  }
}
