import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { CommandInput } from "../../command-line/command-input";
import { UsageError } from "../../command-line/usage-error";
import { choose, chooseOne } from "./choice";
import { jestRing, type Outcome } from "./jest-ring";

/** Profiles that can be deployed: `ci`, and `kind` reduced to one small node, with Strimzi and AKHQ. */
const profiles = ["ci", "kind"] as const;

export const stages = [
  "accept",
  "images",
  "deploy",
  "smoke",
  "console",
  "idle",
  "network",
  "akhq",
  "executors",
  "backup",
  "faults",
  "control-plane",
  "watchdog",
  "passwords",
  "keep-data",
  "upgrade",
  "ha",
  "destroy",
] as const;
type Stage = (typeof stages)[number];

/** Stages that apply to only one profile. */
const onlyOf: Partial<Record<Stage, (typeof profiles)[number]>> = { akhq: "kind", backup: "ci" };

/** When one of these fails, the others would only fail as well; what was created is still removed. */
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

/** Third-party images that the profile needs and the cluster can't get. */
async function missingImages(env: NodeJS.ProcessEnv): Promise<string[]> {
  return (await import("../cluster/upstream-images")).imagesMissingFor(env);
}

/**
 * `npm run test:cluster [-- --profile ci|kind --stage a,b]`: deploys a profile to the cluster of KUBECONFIG, checks it, breaks
 * it and removes it. test/cluster/settings.ts reads its other settings.
 */
export async function testCluster({ args: given, root, env: outer }: CommandInput): Promise<number> {
  const profile = chooseOne("--profile", profiles, given);
  const { chosen, args } = choose("--stage", stages, profile.args);
  const input = { root, env: { ...outer, CLUSTER_PROFILE: profile.chosen } };
  await requireCluster(input.env);
  const missing = profile.chosen === "ci" ? [] : await missingImages(input.env);
  if (missing.length > 0) {
    console.log(
      `cluster: SKIPPED, nothing of profile ${profile.chosen} was deployed: the cluster can neither start nor pull ` +
        `${missing.join(", ")}; archives of them can be given (IMAGE_ARCHIVES, docs/testing.md)`,
    );
    return 0;
  }
  const total: Outcome = { passed: 0, failed: 0 };
  let usable = true;
  for (const stage of chosen) {
    if (!usable && stage !== "destroy") continue;
    if ((onlyOf[stage] ?? profile.chosen) !== profile.chosen) continue;
    console.log(`\n== ${stage} ==`);
    const { passed, failed } = await jestRing(`test/cluster/${stage}\\.test`, input, [
      "--runInBand",
      ...args,
    ]);
    total.passed += passed;
    total.failed += failed;
    usable &&= failed === 0 || !needed.has(stage);
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}
