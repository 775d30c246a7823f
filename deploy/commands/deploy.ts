import { Option, type Command } from "commander";
import { Cluster } from "../cluster/kubectl";
import { profileCommand, readCommandLine, type CommandLine } from "../command-line";
import { deploy } from "../deploy";
import { runSmokeJob } from "../smoke/run";
import { requestOf, stacksOption, toolOption, type ChangeOptions } from "./request-options";

export interface DeployOptions extends ChangeOptions {
  readonly smoke: boolean;
}

export function withDeployOptions(command: Command): Command {
  return command
    .addOption(stacksOption("deploy"))
    .addOption(toolOption())
    .addOption(new Option("--no-smoke", "do not run the smoke checks afterwards"));
}

/**
 * Deploys the chosen stacks. Runs the smoke checks if all stacks were deployed, unless `--no-smoke` is set.
 * @returns the checks' exit code; 0 without them
 */
export async function deployAsTold(line: CommandLine & { readonly options: DeployOptions }): Promise<number> {
  const request = requestOf(line);
  await deploy(request, line.options.tool);
  if (!line.options.smoke || request.stacks !== undefined) return 0;
  const { profile, kubeconfig, env } = request;
  return runSmokeJob(profile, await Cluster.connect(profile, kubeconfig, env));
}

/** `npm run deploy -- <profile>` */
export async function deployCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const command = profileCommand("deploy", "Brings the lake to a cluster, or up to date there");
  const line = readCommandLine<DeployOptions>(withDeployOptions(command), args, env);
  return line ? deployAsTold(line) : 0;
}
