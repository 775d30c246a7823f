import { join } from "node:path";
import { Option } from "commander";
import { runInForeground } from "../../toolchain/process/foreground";
import { loadProfile, type Profile } from "../../profiles";
import { reference } from "../../profiles/schema/image";
import { projectRoot } from "../../stacks/platform-stack";
import { ownImages } from "../../versions";
import { Cluster } from "../cluster/kubectl";
import { changingCommand, readCommandLine, type CommandLine } from "../command-line";
import { execute } from "../execute";
import { checkFit } from "../fit/fit";
import { StepFailed } from "../request";
import { deployAsTold, withDeployOptions, type DeployOptions } from "./deploy";

const cluster = "lake";

/** What the machine needs, by name of the profile. */
const sizes = { kind: "6 CPU and 12 GB", small: "4 CPU and 10 GB" } as const;

interface Options extends DeployOptions {
  readonly size: keyof typeof sizes;
}

/** kind's nodes have this machine's architecture, and `docker buildx bake --load` takes one platform only. */
const ownPlatform = `linux/${process.arch === "arm64" ? "arm64" : "amd64"}`;

async function step(env: NodeJS.ProcessEnv, command: string, ...args: string[]): Promise<void> {
  console.log(`== ${[command, ...args].join(" ")} ==`);
  if ((await runInForeground(command, args, { cwd: projectRoot, env })) !== 0)
    throw new StepFailed(`${command} ${args[0]} failed`);
}

async function require(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  if ((await execute(command, args, env)).code !== 0)
    throw new StepFailed(
      `${command} ${args.join(" ")} does not work: npm run kind needs docker, kind, kubectl and terraform`,
    );
}

/** Checked before the images are built, which takes longest. */
async function requireRoom(profile: Profile, { kubeconfig, env }: CommandLine): Promise<void> {
  const { room, misfits } = await checkFit(profile, await Cluster.connect(profile, kubeconfig, env));
  if (misfits.length === 0) return;
  const smaller = profile.name === "small" ? "" : `, or npm run kind -- --size small (${sizes.small})`;
  throw new StepFailed([room, ...misfits, `Give Docker more CPU and memory${smaller}`].join("\n"));
}

/** `npm run kind`: makes a kind cluster, builds and loads the images, deploys everything, and runs the smoke checks. */
export async function kindCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const machines = Object.entries(sizes).map(([name, machine]) => `${name}: ${machine}`);
  const size = new Option("--size <profile>", machines.join("; "))
    .choices(Object.keys(sizes))
    .default("kind");
  const command = changingCommand("kind", "Makes a kind cluster on this machine, and brings the lake to it");
  const read = readCommandLine<Options>(withDeployOptions(command).addOption(size), args, env);
  if (!read) return 0;
  const line = { ...read, profile: read.options.size };
  const profile = loadProfile(line.profile, line.changes);
  await require("docker", ["info"], env);
  await require("kind", ["version"], env);
  const clusters = (await execute("kind", ["get", "clusters"], env)).stdout.split("\n");
  if (!clusters.includes(cluster))
    await step(env, "kind", "create", "cluster", "--name", cluster, "--wait", "120s");
  await requireRoom(profile, line);
  const bakeFile = join("images", "docker-bake.hcl");
  await step(
    { ...env, REGISTRY: ownImages.registry, TAG: ownImages.tag, PLATFORMS: ownPlatform },
    "docker",
    ...["buildx", "bake", "--file", bakeFile, "--load", "both-kinds"],
  );
  const { spark, hdfs, node } = loadProfile(line.profile).images;
  const images = [spark, hdfs, node].map(reference);
  await step(env, "kind", "load", "docker-image", "--name", cluster, ...images);
  return deployAsTold(line);
}
