import { InvalidArgumentError, Option } from "commander";
import { loadProfile } from "../../profiles";
import { stackNames, type StackName } from "../../stacks/platform-stack";
import type { CommandLine } from "../command-line";
import { deployTools, type DeployRequest, type DeployTool } from "../request";

export interface StackOptions {
  readonly stacks?: readonly StackName[];
}

/** Options of the commands that change a cluster. */
export interface ChangeOptions extends StackOptions {
  readonly tool: DeployTool;
}

function stackList(text: string): StackName[] {
  const names = text.split(",");
  const known = stackNames.filter((name) => names.includes(name));
  if (known.length === names.length) return known;
  throw new InvalidArgumentError(`Allowed are ${stackNames.join(", ")}, joined by commas.`);
}

export function stacksOption(verb: string): Option {
  return new Option("--stacks <names>", `${verb} only these, as kafka,hdfs`).argParser(stackList);
}

export function toolOption(): Option {
  return new Option(
    "--tool <tool>",
    "terraform, or helm: Helm and kubectl alone, where Terraform can't be had",
  )
    .choices(deployTools)
    .default("terraform");
}

/** @throws RefusedProfile when the command line names no valid profile */
export function requestOf(line: CommandLine & { readonly options: StackOptions }): DeployRequest {
  const { profile: name, changes, kubeconfig, env, options } = line;
  return {
    profile: loadProfile(name, changes),
    origin: { name: name ?? "", changes },
    kubeconfig,
    env,
    ...(options.stacks === undefined ? {} : { stacks: options.stacks }),
  };
}
