import type { Manifest } from "../../stacks/constructs/manifests";
import { secondsToBeReady } from "../../stacks/patience";
import { runInForeground } from "../../toolchain/process/foreground";
import type { Cluster } from "../cluster/kubectl";
import type { Plan, PlannedRelease, PlannedStack } from "../plan/plan";
import { chartArgs } from "../render/helm-template";
import { StepFailed } from "../request";
import { withTemporaryFile } from "../temporary-file";

const timeout = `${secondsToBeReady}s`;

export interface HelmTools {
  readonly cluster: Cluster;
  readonly helm: string;
}

function listOf(manifests: readonly Manifest[]) {
  return { apiVersion: "v1", kind: "List", items: manifests };
}

async function kubectl({ cluster }: HelmTools, ...args: string[]): Promise<void> {
  if ((await cluster.show(...args)) !== 0) throw new StepFailed(`kubectl ${args.join(" ")} failed`);
}

async function helm({ cluster, helm }: HelmTools, ...args: string[]): Promise<void> {
  const { helm: access, env } = cluster.access;
  const code = await runInForeground(helm, [...args, ...access], { cwd: process.cwd(), env });
  if (code !== 0) throw new StepFailed(`helm ${args.join(" ")} failed`);
}

async function apply(manifests: readonly Manifest[], tools: HelmTools): Promise<void> {
  if (manifests.length === 0) return;
  await withTemporaryFile(listOf(manifests), (path) =>
    kubectl(tools, "apply", "--server-side", "--field-manager=lake", "--force-conflicts", "-f", path),
  );
}

async function install(release: PlannedRelease, tools: HelmTools): Promise<void> {
  const { name, namespace, values } = release;
  await withTemporaryFile(values, (path) =>
    helm(
      tools,
      ...["upgrade", "--install", name, ...chartArgs(release)],
      ...["--namespace", namespace, "--values", path, "--wait", "--timeout", timeout],
    ),
  );
}

async function deployStack(stack: PlannedStack, tools: HelmTools): Promise<void> {
  console.log(`== ${stack.name} ==`);
  await apply(stack.objects, tools);
  for (const release of stack.releases) await install(release, tools);
  await apply(stack.workloads, tools);
  // Only Deployments roll out: a CronJob is ready once it is applied.
  for (const { kind, metadata } of stack.workloads.filter(({ kind }) => kind === "Deployment"))
    await kubectl(
      tools,
      ...["rollout", "status", `${kind.toLowerCase()}/${metadata.name}`],
      ...["--namespace", metadata.namespace ?? "default", `--timeout=${timeout}`],
    );
}

async function remove(manifests: readonly Manifest[], tools: HelmTools): Promise<void> {
  if (manifests.length === 0) return;
  await withTemporaryFile(listOf([...manifests].reverse()), (path) =>
    kubectl(tools, "delete", "--ignore-not-found", "--wait", `--timeout=${timeout}`, "-f", path),
  );
}

async function destroyStack(stack: PlannedStack, tools: HelmTools): Promise<void> {
  console.log(`== ${stack.name} ==`);
  await remove(stack.workloads, tools);
  for (const { name, namespace } of [...stack.releases].reverse())
    await helm(
      tools,
      ...["uninstall", name, "--namespace", namespace, "--ignore-not-found", "--wait", "--timeout", timeout],
    );
  await remove(stack.objects, tools);
}

/** Deploys the stacks of a plan with Helm and kubectl only. */
export async function deployWithHelm(plan: Plan, tools: HelmTools): Promise<void> {
  for (const stack of plan) await deployStack(stack, tools);
}

export async function destroyWithHelm(plan: Plan, tools: HelmTools): Promise<void> {
  for (const stack of [...plan].reverse()) await destroyStack(stack, tools);
}
