import { resolve } from "node:path";
import { Construct } from "constructs";
import type { Chart } from "../../profiles/schema/image";
import { Release, releaseConfig, type Values } from "./release";

export interface UpstreamChartProps {
  readonly chart: Chart;
  readonly release: string;
  readonly namespace: string;
  readonly values: Values;
}

/** A release of a third-party chart, from the repository and at the version that the profile names. */
export class UpstreamChart extends Construct {
  readonly release: Release;

  constructor(scope: Construct, id: string, { chart, release, namespace, values }: UpstreamChartProps) {
    super(scope, id);
    this.release = new Release(this, "release", {
      ...releaseConfig(release, namespace, values),
      ...(chart.repository === null
        ? { chart: resolve(chart.chart) }
        : { repository: chart.repository, chart: chart.chart }),
      version: chart.version,
    });
  }
}
