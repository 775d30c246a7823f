import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { CommandInput } from "../command";
import { UsageError } from "../start/options";
import { choose } from "./choice";
import { jestRing, type Outcome } from "./jest-ring";

export const stages = [
  "accept",
  "images",
  "deploy",
  "smoke",
  "idle",
  "network",
  "backup",
  "faults",
  "watchdog",
  "upgrade",
  "ha",
  "destroy",
] as const;
type Stage = (typeof stages)[number];

/** What comes after these would only say once more that they failed; what was made is still taken away. */
const needed: ReadonlySet<Stage> = new Set(["images", "deploy"]);

async function requireCluster(env: NodeJS.ProcessEnv): Promise<void> {
  try {
    await promisify(execFile)("kubectl", ["get", "nodes", "--request-timeout=10s"], { env });
  } catch (error) {
    const said = (error as Error & { stderr?: string }).stderr ?? (error as Error).message;
    throw new UsageError(
      `The cluster's tests can't run: kubectl get nodes says "${said.trim().split("\n").at(-1)}". ` +
        "Set KUBECONFIG to a cluster that may be used up (kind create cluster makes one), and have kubectl on the PATH.",
    );
  }
}

/**
 * `npm run test:cluster [-- --stage a,b]`: deploys profile `ci` on the cluster of KUBECONFIG, checks it, breaks it and takes
 * it away. What it is told beyond that is in test/cluster/settings.ts.
 */
export async function testCluster(input: CommandInput): Promise<number> {
  const { chosen, words } = choose("--stage", stages, input.words);
  await requireCluster(input.env);
  const total: Outcome = { passed: 0, failed: 0 };
  let given = true;
  for (const stage of chosen) {
    if (!given && stage !== "destroy") continue;
    console.log(`\n== ${stage} ==`);
    const { passed, failed } = await jestRing(`test/cluster/${stage}\\.test`, input, [
      "--runInBand",
      ...words,
    ]);
    total.passed += passed;
    total.failed += failed;
    given &&= failed === 0 || !needed.has(stage);
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}
