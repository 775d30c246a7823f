/** Downloads the locked jars of a group to a folder: node --import tsx images/jars.ts GROUP FOLDER */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { prepareJars } from "../toolchain/jars";
import { jarGroups } from "../toolchain/jars-lock";
import { showProgress } from "../toolchain/progress";

async function main([name, folder]: readonly string[]): Promise<void> {
  const group = jarGroups.find((known) => known === name);
  if (group === undefined || folder === undefined)
    throw new Error(`got group '${name}' and folder '${folder}', allowed groups are ${jarGroups.join(", ")}`);
  const env = process.env;
  const cache = mkdtempSync(join(tmpdir(), "jars-"));
  try {
    const jars = await prepareJars({
      lock: join(__dirname, "../jobs/jars/jars.lock.json"),
      groups: [group],
      cache,
      repository: env.MAVEN_REPOSITORY,
      behindProxy: Boolean(env.HTTPS_PROXY ?? env.https_proxy ?? env.HTTP_PROXY ?? env.http_proxy),
      progress: showProgress(process.stderr),
    });
    mkdirSync(folder, { recursive: true });
    for (const jar of jars[group]) cpSync(jar, join(folder, basename(jar)));
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
