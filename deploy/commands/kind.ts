import { join } from "node:path";
import { runInForeground } from "../../local/process/foreground";
import { projectRoot } from "../../stacks/platform-stack";
import { kind } from "../../profiles/kind";
import { reference } from "../../profiles/schema/image";
import { ownImages } from "../../versions";
import { execute } from "../execute";
import { StepFailed } from "../request";
import { deployCommand } from "./deploy";

const cluster = "lake";

/** kind's nodes are this machine's kind, and Docker loads no image for two kinds at once. */
const ownPlatform = `linux/${process.arch === "arm64" ? "arm64" : "amd64"}`;

async function step(env: NodeJS.ProcessEnv, command: string, ...words: string[]): Promise<void> {
  console.log(`== ${[command, ...words].join(" ")} ==`);
  if ((await runInForeground(command, words, { cwd: projectRoot, env })) !== 0)
    throw new StepFailed(`${command} ${words[0]} failed`);
}

async function require(command: string, words: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  if ((await execute(command, words, env)).code !== 0)
    throw new StepFailed(
      `${command} ${words.join(" ")} does not work: npm run kind needs docker, kind, kubectl and terraform`,
    );
}

/** `npm run kind`: a kind cluster, the images built and loaded, everything deployed, and the smoke checks. */
export async function kindCommand(words: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  await require("docker", ["info"], env);
  await require("kind", ["version"], env);
  const clusters = (await execute("kind", ["get", "clusters"], env)).stdout.split("\n");
  if (!clusters.includes(cluster))
    await step(env, "kind", "create", "cluster", "--name", cluster, "--wait", "120s");
  const bakeFile = join("images", "docker-bake.hcl");
  await step(
    { ...env, REGISTRY: ownImages.registry, TAG: ownImages.tag, PLATFORMS: ownPlatform },
    "docker",
    ...["buildx", "bake", "--file", bakeFile, "--load", "both-kinds"],
  );
  const images = [kind.images.spark, kind.images.hdfs, kind.images.node].map(reference);
  await step(env, "kind", "load", "docker-image", "--name", cluster, ...images);
  return deployCommand(["kind", ...words], env);
}
