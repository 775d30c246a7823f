import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { z } from "zod";
import type { Profile } from "../../profiles";
import { buildStacks } from "../../stacks";
import { stackId, stackNames, type StackName } from "../../stacks/platform-stack";
import { fromLiteral } from "../../stacks/terraform/literal";
import { kubernetesObject } from "./kubernetes-object";
import type { Plan, PlannedRelease, PlannedStack } from "./plan";

const release = z.object({
  name: z.string(),
  namespace: z.string(),
  chart: z.string(),
  repository: z.string().optional(),
  version: z.string().optional(),
  values: z.tuple([z.string()]),
  depends_on: z.array(z.string()).default([]),
});

const synthesized = z.object({
  resource: z.record(z.string(), z.record(z.string(), z.looseObject({}))).default({}),
});

const workloadTypes = new Set(["kubernetes_deployment_v1", "kubernetes_cron_job_v1"]);
const orderOfTypes = [
  "kubernetes_namespace_v1",
  "kubernetes_service_account_v1",
  "kubernetes_role_v1",
  "kubernetes_role_binding_v1",
  "kubernetes_network_policy_v1",
  "kubernetes_service_v1",
  "kubernetes_ingress_v1",
];

type Releases = Readonly<Record<string, z.infer<typeof release>>>;

/** Sorts the releases so that each comes after those it depends on. */
function inOrder(releases: Releases): z.infer<typeof release>[] {
  const ordered = new Map<string, z.infer<typeof release>>();
  const visit = (id: string): void => {
    const found = releases[id];
    if (!found || ordered.has(id)) return;
    for (const dependency of found.depends_on) visit(dependency.replace(/^helm_release\./, ""));
    ordered.set(id, found);
  };
  for (const id of Object.keys(releases)) visit(id);
  return [...ordered.values()];
}

function planned(
  { name, namespace, chart, repository, version, values }: z.infer<typeof release>,
  folder: string,
) {
  const isAsset = chart.startsWith("assets/");
  return {
    name,
    namespace,
    chart: isAsset ? join(folder, chart) : chart,
    repository,
    version: isAsset ? undefined : version,
    values: JSON.parse(fromLiteral(values[0])) as object,
    isUpstream: repository !== undefined,
  } satisfies PlannedRelease;
}

function readStack(name: StackName, folder: string): PlannedStack {
  const { resource } = synthesized.parse(JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")));
  const { helm_release: releases = {}, ...plain } = resource;
  const objectsOf = (types: readonly string[]) =>
    types.flatMap((type) => Object.values(plain[type] ?? {}).map((block) => kubernetesObject(type, block)));
  const types = Object.keys(plain).filter((type) => !workloadTypes.has(type));
  types.sort((a, b) => orderOfTypes.indexOf(a) - orderOfTypes.indexOf(b));
  return {
    name,
    objects: objectsOf(types),
    releases: inOrder(z.record(z.string(), release).parse(releases)).map((given) => planned(given, folder)),
    workloads: objectsOf([...workloadTypes]),
  };
}

function folderOfThisProcess(): string {
  const folder = mkdtempSync(join(tmpdir(), "plan-"));
  // The plan refers to charts in the folder, so the folder has to exist as long as the plan is used.
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * What the stacks of a profile would deploy, read from the files that cdktf synthesizes, so it can't differ from what
 * Terraform deploys.
 * @param folder for the synthesized files; by default a temporary one that is deleted when this process exits
 */
export function readPlan(profile: Profile, kubeconfig: string, folder = folderOfThisProcess()): Plan {
  const app = new App({ outdir: folder });
  const built = new Set(buildStacks(app, { profile, kubeconfig }).map(({ node }) => node.id));
  app.synth();
  return stackNames
    .filter((name) => built.has(stackId(profile, name)))
    .map((name) => readStack(name, join(folder, "stacks", stackId(profile, name))));
}
