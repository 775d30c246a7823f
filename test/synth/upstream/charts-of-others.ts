import { existsSync } from "node:fs";
import { join } from "node:path";
import { readPlan } from "../../../deploy/plan/read-plan";
import { helmTemplate } from "../../../deploy/render/helm-template";
import { helmExecutable } from "../../../deploy/tools";
import { loadProfile } from "../../../profiles";
import type { Manifest } from "../../../stacks/constructs/manifests";
import { planFolder } from "../../fixtures/plan-folder";

/**
 * A folder with unpacked third-party charts, each in a folder of its name: `akhq/`, `strimzi-kafka-operator/`,
 * `spark-operator/`. They come from repositories that a test must not need, and are not copied here.
 */
export const chartFolder = process.env["CHART_FOLDER"] ?? "";

export function isGiven(chart: string): boolean {
  return chartFolder !== "" && existsSync(join(chartFolder, chart, "Chart.yaml"));
}

/** The objects of a third-party chart's release with the values of a profile. */
export async function renderOthers(chart: string, profile: string, changes = ""): Promise<Manifest[]> {
  const plan = readPlan(loadProfile(profile, changes), "/nowhere", planFolder());
  const release = plan.flatMap(({ releases }) => releases).find((release) => release.chart === chart);
  if (!release) throw new Error(`profile ${profile} has no release of the chart ${chart}`);
  const local = { ...release, chart: join(chartFolder, chart), repository: undefined, version: undefined };
  return helmTemplate(local, { helm: await helmExecutable(process.env), env: process.env });
}
