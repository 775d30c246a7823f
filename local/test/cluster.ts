import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { CommandInput } from "../command";
import { UsageError } from "../start/options";
import { jestRing, type Outcome } from "./jest-ring";

const stages = [
  "images",
  "deploy",
  "smoke",
  "idle",
  "faults",
  "upgrade",
  "ha",
  "network",
  "destroy",
] as const;
type Stage = (typeof stages)[number];

function chosenStages(words: readonly string[]): { chosen: readonly Stage[]; words: readonly string[] } {
  const at = words.indexOf("--stage");
  if (at < 0) return { chosen: stages, words };
  const got = (words[at + 1] ?? "").split(",");
  const chosen = stages.filter((stage) => got.includes(stage));
  if (chosen.length !== got.length)
    throw new UsageError(
      `--stage got '${got.join(",")}', allowed are ${stages.join(", ")}, joined by commas`,
    );
  return { chosen, words: [...words.slice(0, at), ...words.slice(at + 2)] };
}

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
  const { chosen, words } = chosenStages(input.words);
  await requireCluster(input.env);
  const total: Outcome = { passed: 0, failed: 0 };
  for (const stage of chosen) {
    console.log(`\n== ${stage} ==`);
    const { passed, failed } = await jestRing(`test/cluster/${stage}\\.test`, input, [
      "--runInBand",
      ...words,
    ]);
    total.passed += passed;
    total.failed += failed;
    // What comes after a deployment that is not there would only say so again; what was made is still taken away.
    if (failed > 0 && (stage === "images" || stage === "deploy")) break;
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}
