import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setUpLake } from "../local/lake-toolchain";
import { showProgress } from "../toolchain/progress";
import { readModels } from "../console/lineage/read-models";

const root = resolve(__dirname, "..");

/** `npm run lineage` writes what dbt's models read, for the console to show. */
async function main(): Promise<void> {
  const progress = showProgress(process.stderr);
  const { python } = await setUpLake({ root, env: process.env, progress });
  const models = await readModels(python, join(root, "jobs/dbt"));
  writeFileSync(join(root, "console/lineage/models.json"), `${JSON.stringify(models, null, 2)}\n`);
  console.log("wrote console/lineage/models.json");
}

void main();
