import { join } from "node:path";
import { AssetType, TerraformAsset } from "cdktf";
import { Construct } from "constructs";
import { projectRoot } from "../platform-stack";
import { Release, releaseConfig, type Values } from "./release";

export interface OwnChartProps {
  /** Folder below `charts/`. */
  readonly chart: "hdfs" | "clickhouse" | "resources";
  readonly release: string;
  readonly namespace: string;
  readonly values: Values;
}

/** A release of one of this project's charts. The chart's folder is copied into the plan. */
export class OwnChart extends Construct {
  readonly release: Release;

  constructor(scope: Construct, id: string, { chart, release, namespace, values }: OwnChartProps) {
    super(scope, id);
    const folder = new TerraformAsset(this, "folder", {
      path: join(projectRoot, "charts", chart),
      type: AssetType.DIRECTORY,
    });
    this.release = new Release(this, "release", {
      ...releaseConfig(release, namespace, values),
      chart: folder.path,
    });
  }
}
