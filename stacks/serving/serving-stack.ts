import type { Construct } from "constructs";
import { OwnChart } from "../constructs/own-chart";
import { SingletonDeployment } from "../constructs/singleton-deployment";
import { serve } from "../parts/serve";
import { PlatformStack, type Deployment } from "../platform-stack";
import { clickhouseValues } from "./clickhouse";
import { after } from "../terraform/after";

/** What people and programs ask. A console is one more construct here, and an edge from it to ClickHouse. */
export class ServingStack extends PlatformStack {
  constructor(scope: Construct, deployment: Deployment) {
    super(scope, "serving", deployment);
    const { profile } = this;
    const publisher = new SingletonDeployment(this, "serve", serve, profile);
    if (profile.clickhouse.mode === "external") return;
    const clickhouse = new OwnChart(this, "clickhouse", {
      chart: "clickhouse",
      release: "clickhouse",
      namespace: profile.namespace,
      values: clickhouseValues(profile, profile.clickhouse),
    });
    // The chart makes the password that serve logs in with.
    after(publisher, clickhouse);
  }
}
