import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { changedCopy, root } from "../../fixtures/recipes/changed-copy";
import { eventField } from "../../fixtures/recipes/field";
import { goldTable } from "../../fixtures/recipes/gold-table";
import { part } from "../../fixtures/recipes/part";
import { topic } from "../../fixtures/recipes/topic";
import { breakingChanges, contractSchema } from "../../../lake/contract";

jest.setTimeout(180_000);

const page = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");

/** The files that the row `what` of the page's table lists. */
function filesOf(what: string): string[] {
  const row = page.split("\n").find((line) => line.startsWith(`| ${what} |`)) ?? "";
  return [...row.matchAll(/`([^`]+)`/g)].map(([, path = ""]) => path);
}

const rows = [...page.matchAll(/^\| (a [^|]+) \|/gm)].map(([, what = ""]) => what);

test.each(rows)("every file that %s touches is there", (what) => {
  const files = filesOf(what);
  expect(files.length).toBeGreaterThan(1);
  expect(files.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

const ofContract = ["lake", "jobs", "smoke", "docs/data.md", "command-line"];
const kept = [...ofContract, "package.json", "tsconfig.json", "versions.ts"];

test("a part of the platform touches the files that the page lists", () => {
  const touched = [...part.edits.map(({ path }) => path), ...part.files.map(({ folder }) => folder)];
  const listed = filesOf(part.what);
  const isListed = (path: string) =>
    listed.some((each) => path === each || (each === "stacks/" && path.startsWith(each)));
  expect(touched.filter((path) => !isListed(path))).toEqual([]);
});

describe.each([eventField, topic, goldTable])("$what", (recipe) => {
  const { what, edits, files, generated } = recipe;
  let copy: string;
  const inCopy = (path: string) => readFileSync(join(copy, path), "utf8");
  const tsx = (script: string, ...args: string[]) =>
    execFileSync(process.execPath, ["--import", "tsx", script, ...args], { cwd: copy, encoding: "utf8" });

  beforeAll(() => {
    copy = changedCopy(recipe, kept);
    tsx("lake/generate/cli.ts");
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  test("touches the files that the page lists", () => {
    const touched = [...edits.map(({ path }) => path), ...files.map(({ folder }) => folder)];
    const listed = filesOf(what);
    expect(touched.filter((path) => !listed.includes(path))).toEqual([]);
  });

  test("has its types right, and nothing is left to generate", () => {
    execFileSync(join(root, "node_modules/.bin/tsc"), ["--noEmit"], { cwd: copy, stdio: "inherit" });
    expect(tsx("lake/generate/cli.ts", "--check")).toBe("");
  });

  test.each(Object.entries(generated))("reaches %s", (path, text) => {
    expect(inCopy(path)).toContain(text);
    expect(readFileSync(join(root, path), "utf8")).not.toContain(text);
  });

  test("breaks nothing of a lake in use", () => {
    const contract = (folder: string) => {
      const script = `process.stdout.write(JSON.stringify(require("./lake/contract").currentContract()))`;
      const options = { cwd: folder, encoding: "utf8" } as const;
      return contractSchema.parse(
        JSON.parse(execFileSync(process.execPath, ["--import", "tsx", "--eval", script], options)),
      );
    };
    const changed = contract(copy);
    expect(breakingChanges(contract(root), changed)).toEqual([]);
    expect(changed).not.toEqual(contract(root));
  });
});
