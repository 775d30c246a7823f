import type { Construct } from "constructs";
import { OwnChart } from "../constructs/own-chart";
import { SingletonDeployment } from "../constructs/singleton-deployment";
import { serve } from "../parts/serve";
import { PlatformStack, type Deployment } from "../platform-stack";
import { clickhouseValues } from "./clickhouse";
import { after } from "../terraform/after";

/** What people and programs query. */
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
    // The chart creates the password with which serve logs in.
    after(publisher, clickhouse);
  }
}
