import type { Construct } from "constructs";
import { OwnChart } from "../constructs/own-chart";
import { PlatformStack, type Deployment } from "../platform-stack";
import { hdfsValues } from "./values";

export class HdfsStack extends PlatformStack {
  constructor(scope: Construct, deployment: Deployment) {
    super(scope, "hdfs", deployment);
    const { hdfs, namespace } = this.profile;
    if (hdfs.mode === "external") return;
    new OwnChart(this, "hdfs", {
      chart: "hdfs",
      release: "hdfs",
      namespace,
      values: hdfsValues(this.profile, hdfs),
    });
  }
}
