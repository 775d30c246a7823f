import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, normalize } from "node:path";
import { Dockerfile, imageNames, root } from "./dockerfile";

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};

test("the bake file builds every image", () => {
  const bake = readFileSync(join(root, "images/docker-bake.hcl"), "utf8");
  const matrix = /matrix\s*=\s*\{ image = (\[.*?\]) \}/.exec(bake)?.[1] ?? "[]";
  expect((JSON.parse(matrix) as string[]).toSorted()).toEqual(imageNames.toSorted());
});

describe.each(imageNames)("%s", (image) => {
  const dockerfile = new Dockerfile(image);

  test("stands on the two bases, at a version", () => {
    const own = dockerfile.stages.map(({ name }) => name);
    for (const { from } of dockerfile.stages.filter(({ from }) => !own.includes(from)))
      expect(["debian:12-slim", "node:20-bookworm-slim"]).toContain(from);
  });

  test("is run by a numbered user who is not root, under an init", () => {
    const { lines } = dockerfile.last;
    const [, user] = lines.map((line) => /^USER (\d+)$/.exec(line)).findLast((found) => found !== null) ?? [];
    expect(Number(user)).toBeGreaterThan(0);
    expect(lines.find((line) => line.startsWith("ENTRYPOINT"))).toMatch(/"tini"|entrypoint\.sh"/);
  });

  test("everything that is copied is there, and is let through to the build", () => {
    const ignore = readFileSync(join(root, ".dockerignore"), "utf8").split("\n");
    const allowed = ignore.filter((line) => line.startsWith("!")).map((line) => line.slice(1));
    for (const source of dockerfile.sources()) {
      expect(existsSync(join(root, source)) ? source : `${source} is not there`).toBe(source);
      expect(allowed.some((path) => source === path || source.startsWith(`${path}/`)) || source).toBe(true);
    }
  });

  test("the packages that are selected are those of package.json", () => {
    const known = { ...manifest.dependencies, ...manifest.devDependencies };
    for (const name of dockerfile.packages) expect(known).toHaveProperty([name]);
  });
});

describe.each(["node", "clickhouse-embedded"])("the code in %s", (image) => {
  const dockerfile = new Dockerfile(image);
  const sources = dockerfile.sources([dockerfile.last]);
  const files = sources.flatMap((source) => scripts(source));

  test("finds every package that it imports", () => {
    const imported = files.flatMap((file) => imports(file)).filter((name) => /^(@[^/]+\/)?[^./@]/.test(name));
    const wanted = imported
      .map((name) => /^(@[^/]+\/[^/]+|[^/]+)/.exec(name)?.[0] ?? name)
      .filter((name) => !name.startsWith("node:"))
      // Parts of jest that come with it.
      .filter((name) => !["@jest/reporters", "@jest/test-sequencer"].includes(name));
    expect(wanted.length).toBeGreaterThan(0);
    for (const name of new Set(wanted)) expect(dockerfile.packages).toContain(name);
  });

  test("finds every file that it imports", () => {
    for (const file of files)
      for (const name of imports(file).filter((name) => name.startsWith("."))) {
        const target = normalize(join(file, "..", name));
        const copied = sources.some(
          (source) => `${target}.ts`.startsWith(source) || target.startsWith(source),
        );
        expect(copied ? "" : `${file} imports ${name}, which is not in the image`).toBe("");
      }
  });
});

function scripts(path: string): string[] {
  if (statSync(join(root, path)).isFile()) return path.endsWith(".ts") ? [path] : [];
  return readdirSync(join(root, path)).flatMap((name) => scripts(join(path, name)));
}

/** What a script loads when it runs: types are gone by then. */
function imports(file: string): string[] {
  const text = readFileSync(join(root, file), "utf8");
  return [...text.matchAll(/^(?:import|export)\s(?!type\b)[^;]*?from "([^"]+)"|import\("([^"]+)"\)/gms)].map(
    ([, from, dynamic]) => from ?? dynamic ?? "",
  );
}
