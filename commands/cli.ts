import { resolve } from "node:path";
import { bench } from "../bench/bench";
import { environment } from "../command-line/environment";
import { showProgress } from "../toolchain/progress";
import { setUpLake } from "../local/lake-toolchain";
import { smoke } from "./smoke";
import { start } from "../local/start/start";
import type { PlatformCommand } from "../deploy/cli";
import { UsageError } from "../command-line/usage-error";
import { testCluster } from "../test/run/cluster";
import { test } from "../test/run/test";

const root = resolve(__dirname, "..");

/** Each command takes the arguments after its name and resolves with the exit code. */
const commands: Record<string, (args: readonly string[]) => Promise<number>> = {
  setup: async () => {
    await setUpLake({ root, env: environment(), progress: showProgress(process.stderr) });
    return 0;
  },
  start: (args) => start({ root, env: environment(), args }),
  test: (args) => test({ root, env: environment(), args }),
  "test:cluster": (args) => testCluster({ root, env: environment(), args }),
  bench: (args) => bench({ root, env: environment(), args }),
  soak: async (args) => (await import("../bench/soak")).soak({ root, env: environment(), args }),
  smoke: (args) => smoke({ root, env: environment(), args }),
  deploy: platform("deploy"),
  destroy: platform("destroy"),
  diff: platform("diff"),
  fit: platform("fit"),
  render: platform("render"),
  restore: platform("restore"),
  kind: platform("kind"),
  "renew-password": platform("renew-password"),
};

/** The commands of `deploy/`, which are loaded only when one is run, because they need Terraform's bindings. */
function platform(name: PlatformCommand) {
  return async (args: readonly string[]): Promise<number> =>
    (await import("../deploy/cli")).runPlatformCommand(name, args, environment());
}

async function main(): Promise<number> {
  const [name = "", ...args] = process.argv.slice(2);
  const command = commands[name];
  if (!command) {
    console.error(`command: got '${name}', allowed: ${Object.keys(commands).join(", ")}`);
    return 2;
  }
  try {
    return await command(args);
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(error.message);
      return 2;
    }
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}

void main().then((code) => process.exit(code));
