import { UsageError } from "../command-line/usage-error";
import { SetUpFailure } from "../toolchain/failure";
import { RefusedProfile } from "../profiles";
import { ClusterError } from "./cluster/kubectl";
import { deployCommand } from "./commands/deploy";
import { destroyCommand } from "./commands/destroy";
import { diffCommand } from "./commands/diff";
import { fitCommand } from "./commands/fit";
import { kindCommand } from "./commands/kind";
import { renderCommand } from "./commands/render";
import { renewPasswordCommand } from "./commands/renew-password";
import { restoreCommand } from "./commands/restore";
import { NotRendered } from "./render/helm-template";
import { StepFailed } from "./request";

const commands = {
  deploy: deployCommand,
  destroy: destroyCommand,
  diff: diffCommand,
  fit: fitCommand,
  render: renderCommand,
  restore: restoreCommand,
  kind: kindCommand,
  "renew-password": renewPasswordCommand,
} as const;

export type PlatformCommand = keyof typeof commands;

const expected = [RefusedProfile, ClusterError, UsageError, StepFailed, NotRendered, SetUpFailure];

/** Prints errors that the user can correct without a stack trace. Resolves with the exit code. */
export async function withoutTrace(work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (!expected.some((kind) => error instanceof kind)) throw error;
    console.error((error as Error).message);
    return error instanceof UsageError ? 2 : 1;
  }
}

export function runPlatformCommand(
  name: PlatformCommand,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<number> {
  return withoutTrace(() => commands[name](args, env));
}

export { smokeCommand } from "./commands/smoke";
