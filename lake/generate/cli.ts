import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { currentContract } from "../contract";
import { generators } from "./generators";

/** The contract of the last release, under which an existing lake may have been written. */
const releasedContract = "lake/released-contract.json";

const root = resolve(__dirname, "../..");

function current(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** With `--released`, the current contract becomes the one that later contracts are compared with. */
function release(): void {
  writeFileSync(join(root, releasedContract), `${JSON.stringify(currentContract(), null, 2)}\n`);
  console.log(`wrote ${releasedContract}`);
}

/** `npm run generate` writes the stale files; with `--check` it lists them and exits with 1. */
function main(check: boolean): number {
  const stale = generators
    .flatMap((generate) => generate())
    .filter((file) => current(join(root, file.path)) !== file.content);
  for (const file of stale) {
    console.log(`${check ? "stale" : "wrote"} ${file.path}`);
    if (check) continue;
    mkdirSync(dirname(join(root, file.path)), { recursive: true });
    writeFileSync(join(root, file.path), file.content);
  }
  if (check && stale.length > 0)
    console.error("generated files are stale: run `npm run generate` and commit them");
  return check && stale.length > 0 ? 1 : 0;
}

if (process.argv.includes("--released")) release();
else process.exitCode = main(process.argv.includes("--check"));
