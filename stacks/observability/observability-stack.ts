import type { Construct } from "constructs";
import { Manifests } from "../constructs/manifests";
import { PlatformStack, type Deployment } from "../platform-stack";
import { dashboardConfigMap } from "./dashboard";
import { podMonitors } from "./monitors";
import { prometheusRule } from "./prometheus-rule";
import { watchCronJob } from "./watch";

/** Needs a cluster with Prometheus' operator, kube-state-metrics and Grafana. The lake runs without this stack. */
export class ObservabilityStack extends PlatformStack {
  constructor(scope: Construct, deployment: Deployment) {
    super(scope, "observability", deployment);
    const { profile } = this;
    new Manifests(this, "observability", {
      release: "observability",
      namespace: profile.namespace,
      manifests: [
        ...podMonitors(profile),
        prometheusRule(profile),
        dashboardConfigMap(profile),
        watchCronJob(profile),
      ],
    });
  }
}
