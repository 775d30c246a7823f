import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";

jest.setTimeout(180_000);

const root = resolve(__dirname, "../../..");

const cruiseSchema = z.object({
  modules: z.array(
    z.object({
      source: z.string(),
      dependencies: z.array(
        z.object({ resolved: z.string(), coreModule: z.boolean(), couldNotResolve: z.boolean() }),
      ),
    }),
  ),
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

/** The imports in a folder, and those that `.dependency-cruiser.cjs` forbids. */
function cruise(folder: string, roots: readonly string[]) {
  const program = join(root, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  const config = join(root, ".dependency-cruiser.cjs");
  const output = execFileSync(
    process.execPath,
    [program, "--config", config, "--output-type", "json", ...roots],
    { cwd: folder, encoding: "utf8", maxBuffer: 100_000_000, stdio: ["ignore", "pipe", "inherit"] },
  );
  return cruiseSchema.parse(JSON.parse(output));
}

const topOf = (path: string): string => path.split("/")[0] ?? path;

const tracked = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.ts"], {
  cwd: root,
  encoding: "utf8",
}).trim();
const found = cruise(root, [...new Set(tracked.split("\n").map(topOf))]);

test("imports between the top-level folders run one way, and no files need each other in a circle", () => {
  const arrows = found.modules.flatMap(({ source, dependencies }) =>
    dependencies
      .filter(
        ({ resolved, coreModule, couldNotResolve }) =>
          !coreModule &&
          !couldNotResolve &&
          !resolved.includes("node_modules") &&
          topOf(resolved) !== topOf(source),
      )
      .map(({ resolved }) => `${topOf(source)} → ${topOf(resolved)}`),
  );
  const counted = [...new Set(arrows)].map(
    (arrow) => `${arrow}  (${arrows.filter((each) => each === arrow).length})`,
  );
  process.stdout.write(`${counted.sort().join("\n")}\n`);
  expect(counted.length).toBeGreaterThan(20);
  expect(found.summary.violations).toEqual([]);
});

test("every TypeScript file was looked at", () => {
  const seen = new Set(found.modules.map(({ source }) => source));
  expect(tracked.split("\n").filter((path) => !seen.has(path) && !path.endsWith(".d.ts"))).toEqual([]);
});

test.each([
  ["an arrow up", { "lake/a.ts": "jobs/b", "jobs/b.ts": "" }, "no-arrow-up-from-lake"],
  ["a circle", { "lake/a.ts": "lake/b", "lake/b.ts": "lake/a" }, "no-circle"],
  ["a folder without a layer", { "odds/a.ts": "lake/b", "lake/b.ts": "" }, "no-folder-without-a-layer"],
])("%s is found", (_, files, rule) => {
  const folder = mkdtempSync(join(tmpdir(), "arrows-"));
  try {
    writeFileSync(join(folder, "tsconfig.json"), "{}");
    for (const [path, imported] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      const line = imported === "" ? "" : `import { x } from "../${imported}";\nexport const y = x;\n`;
      writeFileSync(
        join(folder, path),
        `${line}export const x = 1;\n`.replace(/x;\nexport const x/, "x;\nexport const z"),
      );
    }
    const { violations } = cruise(folder, Object.keys(files).map(topOf)).summary;
    expect(violations.map((violation) => violation.rule.name)).toContain(rule);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
