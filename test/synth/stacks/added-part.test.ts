import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { changedCopy, root } from "../../fixtures/recipes/changed-copy";
import { part } from "../../fixtures/recipes/part";

jest.setTimeout(600_000);

let copy: string;
beforeAll(() => (copy = changedCopy(part)));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const tsx = (...args: string[]) =>
  execFileSync(process.execPath, ["--import", "tsx", ...args], { cwd: copy, encoding: "utf8" });

test("a part is added by its record, its workload and a line each", () => {
  execFileSync(join(root, "node_modules/.bin/tsc"), ["--noEmit"], { cwd: copy, stdio: "inherit" });
  tsx("deploy/profiles-page/cli.ts");
  for (const [path, text] of Object.entries(part.generated))
    expect(readFileSync(join(copy, path), "utf8")).toContain(text);
});

test("its edge of the network and its pod follow from the record", () => {
  tsx("commands/cli.ts", "render", "kind");
  const list = execFileSync("find", ["rendered/kind", "-name", "*notifier*"], {
    cwd: copy,
    encoding: "utf8",
  });
  const names = list
    .trim()
    .split("\n")
    .map((path) => path.split("/").at(-1));
  expect(names.sort()).toEqual([
    "deployment.notifier.yaml",
    "networkpolicy.notifier-to-clickhouse-in.yaml",
    "networkpolicy.notifier-to-clickhouse-out.yaml",
  ]);
});

test("with it the tests of the network, the fit check, the images' rules and kube-score pass", () => {
  const jest = join(copy, "node_modules/jest/bin/jest.js");
  const rings = ["test/synth/stacks/network", "test/synth/manifests/(fit|kube-score|explained|kubernetes)"];
  // That list is the intended picture: whoever adds a part adds its edges there.
  const others = ["--testNamePattern", "^(?!.*the edges are the picture's)"];
  const { status, stderr } = spawnSync(process.execPath, [jest, "--runInBand", ...rings, ...others], {
    cwd: copy,
    encoding: "utf8",
  });
  expect(status === 0 ? "" : stderr).toBe("");
});
