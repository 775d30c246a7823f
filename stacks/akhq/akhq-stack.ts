import type { Construct } from "constructs";
import { Manifests } from "../constructs/manifests";
import { UpstreamChart } from "../constructs/upstream-chart";
import { PlatformStack, type Deployment } from "../platform-stack";
import { after } from "../terraform/after";
import { akhqLoginSecret } from "../names";
import { akhqLogins } from "./logins";
import { akhqValues } from "./values";

/**
 * AKHQ, a read-only web page for Kafka: only this repository changes the lake's topics. The stack is deployed last and
 * destroyed first, so the lake neither waits for it nor fails with it.
 */
export class AkhqStack extends PlatformStack {
  constructor(scope: Construct, deployment: Deployment) {
    super(scope, "akhq", deployment);
    const { akhq, namespace } = this.profile;
    if (!akhq.enabled) return;
    const chart = new UpstreamChart(this, "chart", {
      chart: akhq.chart,
      release: "akhq",
      namespace,
      values: akhqValues(this.profile),
    });
    if (akhq.existingSecret !== null) return;
    const login = new Manifests(this, "login", {
      release: "akhq-login",
      namespace,
      manifests: [],
      generatedSecrets: [{ name: akhqLoginSecret(this.profile), keys: akhqLogins, sha256: true }],
    });
    after(chart, login);
  }
}
