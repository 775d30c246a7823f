import { Command, CommanderError } from "commander";
import { UsageError } from "../command-line/usage-error";
import { platformEnvironment } from "../profiles/environment";

/** What every command of the platform gets from its command line and environment. */
export interface CommandLine {
  /** Name or path of the profile, from the command line or else from PROFILE. */
  readonly profile: string | undefined;
  readonly changes: string;
  readonly kubeconfig: string;
  readonly env: NodeJS.ProcessEnv;
}

/** A command with the option `--set`, which changes values of a profile like PROFILE_SET. */
export function changingCommand(name: string, description: string): Command {
  return new Command(`npm run ${name} --`)
    .description(description)
    .option(
      "--set <path=value...>",
      "change values of the profile, as --set bronze.triggerSeconds=30 akhq.enabled=false",
    )
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
}

/** A `changingCommand` that takes the profile as its argument. */
export function profileCommand(name: string, description: string): Command {
  return changingCommand(name, description)
    .argument("[profile]", "name of a profile, or a file that exports one (default: PROFILE)")
    .option("--profile <profile>", "the same");
}

/**
 * Parses the arguments. Returns `undefined` when only help was asked for.
 * @throws UsageError
 */
export function readCommandLine<Options extends object = object>(
  command: Command,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): (CommandLine & { readonly options: Options; readonly rest: readonly string[] }) | undefined {
  try {
    command.parse([...args], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    throw new UsageError(error.message.replace(/^error: /, ""));
  }
  const options = command.opts<Options & { profile?: string; set?: string[] }>();
  const [argument, ...rest] = command.args;
  const { profile, changes, kubeconfig } = platformEnvironment(env);
  const named = options.profile ?? argument ?? profile;
  return {
    profile: named,
    changes: [changes, ...(options.set ?? [])].join(" "),
    kubeconfig,
    env,
    options,
    rest: options.profile === undefined ? rest : command.args,
  };
}
