import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { parse } from "yaml";
import { z } from "zod";
import { silentProgress } from "../../../toolchain/progress";
import { setUpLake } from "../../../local/lake-toolchain";

const root = resolve(__dirname, "../../..");
const models = join(root, "jobs/dbt/models");
const unitTestFile = z.object({
  unit_tests: z.array(z.object({ name: z.string(), model: z.string() })),
});
const outcome = z.object({ test: z.string(), status: z.string(), message: z.string() });
type Outcome = z.infer<typeof outcome>;

/** Model and name of every unit test of the project. */
const written = readdirSync(models, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".unit.yml"))
  .flatMap((path) => unitTestFile.parse(parse(readFileSync(join(models, path), "utf8"))).unit_tests)
  .map(({ model, name }) => [model, name.replaceAll("_", " "), name] as const);

let outcomes: ReadonlyMap<string, Outcome>;

beforeAll(async () => {
  const toolchain = await setUpLake({ root, env: process.env, progress: silentProgress });
  const { args, env } = (await sharedSparkJvm(toolchain)).attached(join(__dirname, "run_unit_tests.py"), []);
  const { stdout } = await promisify(execFile)(toolchain.python, args, {
    env: { ...process.env, ...env },
    maxBuffer: 64 * 1024 ** 2,
  });
  const lines = stdout.split("\n").filter((line) => line.startsWith("{"));
  outcomes = new Map(
    lines.map((line) => outcome.parse(JSON.parse(line))).map((one) => [one.test, one] as const),
  );
}, 400_000);

test.each(written)("%s: %s", (model, _, name) => {
  expect(outcomes.get(`${model}.${name}`) ?? "dbt did not run it").toMatchObject({
    status: "pass",
    message: "",
  });
});
