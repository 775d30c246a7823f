import { join } from "node:path";
import { runInForeground } from "../../toolchain/process/foreground";
import { projectRoot, stackId, stackNames, type StackName } from "../../stacks/platform-stack";
import { execute } from "../execute";
import { StepFailed, type DeployRequest } from "../request";

const cdktf = join(projectRoot, "node_modules/.bin/cdktf");
const outputFolder = "cdktf.out";

function environment({ origin, kubeconfig, env }: DeployRequest): NodeJS.ProcessEnv {
  return {
    ...env,
    PROFILE: origin.name,
    PROFILE_SET: origin.changes,
    KUBECONFIG: kubeconfig,
    // Otherwise the tools check for new versions, and wait for the answer.
    CHECKPOINT_DISABLE: "1",
    // Without a terminal, cdktf prints lines instead of redrawing a screen.
    ...(process.stdout.isTTY ? {} : { CI: "1" }),
  };
}

async function requireTerraform(env: NodeJS.ProcessEnv): Promise<void> {
  const { code } = await execute("terraform", ["version"], env);
  if (code !== 0)
    throw new StepFailed(
      "terraform can't be run: install Terraform 1.11 or newer, or deploy with Helm and kubectl alone (--tool helm)",
    );
}

async function runCdktf(request: DeployRequest, command: string, args: readonly string[]): Promise<void> {
  const code = await runInForeground(cdktf, [command, ...args], {
    cwd: projectRoot,
    env: environment(request),
  });
  if (code !== 0)
    throw new StepFailed(`cdktf ${command} ended with exit code ${code}; its last lines say why`);
}

// The plan pins exact provider versions already, and `terraform providers lock` ignores a configured mirror.
const always = ["--skip-provider-lock", "--auto-approve"];

/** @param order of the stacks when only some are chosen: cdktf then ignores their dependencies */
async function change(request: DeployRequest, command: "deploy" | "destroy", order: readonly StackName[]) {
  const { profile, stacks, env } = request;
  await requireTerraform(env);
  if (stacks === undefined) return runCdktf(request, command, ["*", ...always]);
  for (const stack of order.filter((name) => stacks.includes(name)))
    await runCdktf(request, command, [
      stackId(profile, stack),
      "--ignore-missing-stack-dependencies",
      ...always,
    ]);
}

export function deployWithTerraform(request: DeployRequest): Promise<void> {
  return change(request, "deploy", stackNames);
}

export function destroyWithTerraform(request: DeployRequest): Promise<void> {
  return change(request, "destroy", [...stackNames].reverse());
}

const changesPlanned = 2;

/** The stacks that a deploy would change. The plan of each stack is shown on the terminal. */
export async function changedStacks(request: DeployRequest, all: readonly StackName[]): Promise<StackName[]> {
  const env = environment(request);
  await requireTerraform(env);
  await runCdktf(request, "synth", []);
  const changed: StackName[] = [];
  for (const stack of all) {
    const folder = `-chdir=${join(projectRoot, outputFolder, "stacks", stackId(request.profile, stack))}`;
    const terraform = (...args: string[]) =>
      runInForeground("terraform", [folder, ...args], { cwd: projectRoot, env });
    if ((await terraform("init", "-input=false", "-no-color")) !== 0)
      throw new StepFailed(`terraform init of ${stack} failed; its last lines say why`);
    const code = await terraform("plan", "-input=false", "-no-color", "-detailed-exitcode");
    if (code === changesPlanned) changed.push(stack);
    else if (code !== 0) throw new StepFailed(`terraform plan of ${stack} failed; its last lines say why`);
  }
  return changed;
}
