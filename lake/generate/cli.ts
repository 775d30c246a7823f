import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { currentContract } from "../contract";
import { generators } from "./generators";

/** The contract of the last release, which a lake in use may have been written by. */
const releasedContract = "lake/released-contract.json";

const root = resolve(__dirname, "../..");

function current(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** With `--released` the contract as it is becomes the one that later ones are held against. */
function release(): void {
  writeFileSync(join(root, releasedContract), `${JSON.stringify(currentContract(), null, 2)}\n`);
  console.log(`wrote ${releasedContract}`);
}

/** `npm run generate` writes what is stale; with `--check` it names it and exits 1. */
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
