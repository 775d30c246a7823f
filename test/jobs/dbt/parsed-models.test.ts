import { execFile } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { silentProgress } from "../../../toolchain/progress";
import { setUpLake } from "../../../local/lake-toolchain";

jest.setTimeout(300_000);

const root = resolve(__dirname, "../../..");
const folder = mkdtempSync(join(tmpdir(), "parsed-models-"));
const project = join(folder, "dbt");
const kept = join(folder, "kept");

afterAll(() => rmSync(folder, { recursive: true }));

/** Number of the project's files that a start parses, for silver and for gold. */
async function parsed(): Promise<number[]> {
  const { python } = await setUpLake({ root, env: process.env, progress: silentProgress });
  const script = join(__dirname, "count_parsed_files.py");
  const { stdout } = await promisify(execFile)(python, [script, project, kept]);
  return stdout.trim().split("\n").map(Number);
}

test("a start parses no file that the one before it has parsed, and all of a project that has changed", async () => {
  cpSync(join(root, "jobs/dbt"), project, { recursive: true });
  const [silver, gold] = await parsed();
  expect([Number(silver) > 100, gold]).toEqual([true, silver]);
  expect(await parsed()).toEqual([0, 0]);
  appendFileSync(join(project, "models/silver/each_run/fct_listens.sql"), "\n-- changed\n");
  expect(await parsed()).toEqual([silver, gold]);
  expect(readdirSync(kept)).toHaveLength(4);
});
