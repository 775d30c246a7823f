import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./command";

/** What a Dockerfile copies out of its context: paths of files and folders in the checkout. */
export function copied(dockerfile: string): string[] {
  const whole = dockerfile.replace(/\\\n/g, " ");
  return [...whole.matchAll(/^(?:COPY|ADD)\s+(.*)$/gim)]
    .map(([, words = ""]) => words.trim().split(/\s+/))
    .filter((words) => !words.some((word) => word.startsWith("--from")))
    .flatMap((words) => words.filter((word) => !word.startsWith("--")).slice(0, -1));
}

/** A tag that changes with the Dockerfile and with every file that it copies, and with nothing else. */
export async function contentTag(root: string, dockerfile: string): Promise<string> {
  const text = readFileSync(join(root, dockerfile), "utf8");
  const sources = copied(text);
  if (sources.length === 0) throw new Error(`${dockerfile} copies nothing out of the checkout`);
  const listed = await run(
    "git",
    ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", ...sources],
    { cwd: root },
  );
  const files = listed.split("\0").filter((file) => file !== "");
  const hash = createHash("sha256").update(text);
  for (const file of files.sort()) hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  return `content-${hash.digest("hex").slice(0, 16)}`;
}
