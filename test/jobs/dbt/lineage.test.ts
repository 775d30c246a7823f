import { join, resolve } from "node:path";
import models from "../../../console/lineage/models.json";
import { readModels } from "../../../console/lineage/read-models";
import { setUpLake } from "../../../local/lake-toolchain";
import { silentProgress } from "../../../toolchain/progress";

jest.setTimeout(300_000);

const root = resolve(__dirname, "../../..");

test("console/lineage/models.json says what dbt's models read (npm run lineage)", async () => {
  const { python } = await setUpLake({ root, env: process.env, progress: silentProgress });
  expect(models).toEqual(await readModels(python, join(root, "jobs/dbt")));
});
