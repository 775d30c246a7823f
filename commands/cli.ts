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

/** Each command takes the words behind its name and resolves with the exit code. */
const commands: Record<string, (words: readonly string[]) => Promise<number>> = {
  setup: async () => {
    await setUpLake({ root, env: environment(), progress: showProgress(process.stderr) });
    return 0;
  },
  start: (words) => start({ root, env: environment(), words }),
  test: (words) => test({ root, env: environment(), words }),
  "test:cluster": (words) => testCluster({ root, env: environment(), words }),
  bench: (words) => bench({ root, env: environment(), words }),
  soak: async (words) => (await import("../bench/soak")).soak({ root, env: environment(), words }),
  smoke: (words) => smoke({ root, env: environment(), words }),
  deploy: platform("deploy"),
  destroy: platform("destroy"),
  diff: platform("diff"),
  fit: platform("fit"),
  render: platform("render"),
  restore: platform("restore"),
  kind: platform("kind"),
  "renew-password": platform("renew-password"),
};

/** The commands of `deploy/`; loaded only for them, as they bring Terraform's bindings along. */
function platform(name: PlatformCommand) {
  return async (words: readonly string[]): Promise<number> =>
    (await import("../deploy/cli")).runPlatformCommand(name, words, environment());
}

async function main(): Promise<number> {
  const [name = "", ...words] = process.argv.slice(2);
  const command = commands[name];
  if (!command) {
    console.error(`command: got '${name}', allowed: ${Object.keys(commands).join(", ")}`);
    return 2;
  }
  try {
    return await command(words);
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
