import { Option } from "commander";
import { Cluster } from "../cluster/kubectl";
import { profileCommand, readCommandLine } from "../command-line";
import { deploy } from "../deploy";
import { runSmokeJob } from "../smoke/run";
import { requestOf, stacksOption, wayOption, type ChangeOptions } from "./request-options";

interface Options extends ChangeOptions {
  readonly smoke: boolean;
}

/** `npm run deploy -- <profile>`: fit check, every stack, then the smoke checks. */
export async function deployCommand(words: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const command = profileCommand("deploy", "Brings the lake to a cluster, or up to date there")
    .addOption(stacksOption("deploy"))
    .addOption(wayOption())
    .addOption(new Option("--no-smoke", "do not run the smoke checks afterwards"));
  const line = readCommandLine<Options>(command, words, env);
  if (!line) return 0;
  const request = requestOf(line);
  await deploy(request, line.options.with);
  if (!line.options.smoke || request.stacks !== undefined) return 0;
  const { profile, kubeconfig } = request;
  return runSmokeJob(profile, await Cluster.connect(profile, kubeconfig, env));
}
