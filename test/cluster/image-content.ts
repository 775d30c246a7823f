import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Dockerfile } from "../fixtures/dockerfile";
import { run } from "./command";
import type { ClusterSettings } from "./settings";

/** A tag that depends on a Dockerfile and on every file that it copies, and on nothing else. */
export async function contentTag(dockerfile: Dockerfile, { root, env }: ClusterSettings): Promise<string> {
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--"];
  const listed = await run("git", [...args, dockerfile.path, ...dockerfile.sources()], env, { cwd: root });
  const files = listed.split("\0").filter((file) => file !== "");
  const hash = createHash("sha256");
  for (const file of files.sort()) hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  return `content-${hash.digest("hex").slice(0, 16)}`;
}
