import { join } from "node:path";
import { runInForeground } from "../../local/process/foreground";
import { loadProfile } from "../../profiles";
import { projectRoot, stackId } from "../../stacks/platform-stack";
import { execute } from "../execute";
import { StepFailed, type Request } from "../request";

const cdktf = join(projectRoot, "node_modules/.bin/cdktf");

function environment({ profile, changes, kubeconfig, env }: Request): NodeJS.ProcessEnv {
  return {
    ...env,
    PROFILE: profile,
    PROFILE_SET: changes,
    KUBECONFIG: kubeconfig,
    // The tools ask their maker for news, and wait for the answer.
    CHECKPOINT_DISABLE: "1",
  };
}

function stacksOf({ profile, changes, stacks }: Request): string[] {
  if (stacks === undefined) return ["*"];
  const loaded = loadProfile(profile, changes);
  return stacks.map((stack) => stackId(loaded, stack));
}

async function requireTerraform(env: NodeJS.ProcessEnv): Promise<void> {
  const { code } = await execute("terraform", ["version"], env);
  if (code !== 0)
    throw new StepFailed(
      "terraform can't be run: install Terraform 1.11 or newer, or deploy with Helm and kubectl alone (--with helm)",
    );
}

async function runCdktf(request: Request, command: string, words: readonly string[]): Promise<void> {
  await requireTerraform(request.env);
  const code = await runInForeground(
    cdktf,
    [
      command,
      ...stacksOf(request),
      // The plan pins exact versions of the providers already, and a mirror of them is not asked for locks.
      "--skip-provider-lock",
      ...(request.stacks === undefined ? [] : ["--ignore-missing-stack-dependencies"]),
      ...words,
    ],
    { cwd: projectRoot, env: environment(request) },
  );
  if (code !== 0)
    throw new StepFailed(`cdktf ${command} ended with exit code ${code}; its last lines say why`);
}

export function deployWithTerraform(request: Request): Promise<void> {
  return runCdktf(request, "deploy", ["--auto-approve"]);
}

export function destroyWithTerraform(request: Request): Promise<void> {
  return runCdktf(request, "destroy", ["--auto-approve"]);
}

export function diffWithTerraform(request: Request): Promise<void> {
  return runCdktf(request, "diff", []);
}
