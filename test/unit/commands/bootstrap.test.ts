import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect } from "@jest/globals";

let clone: string;

/** A checkout with only the files that `npm start` runs first. */
function checkout(engine: string): void {
  mkdirSync(join(clone, "commands"));
  cpSync(resolve("commands/bootstrap.mjs"), join(clone, "commands/bootstrap.mjs"));
  const name = "left-pad";
  const described = { name: "clone", version: "1.0.0", dependencies: { [name]: "1.3.0" } };
  writeFileSync(join(clone, "package.json"), JSON.stringify({ ...described, engines: { node: engine } }));
  const packages = {
    "": described,
    [`node_modules/${name}`]: { version: "1.3.0", integrity: `sha512-${"A".repeat(86)}==` },
  };
  writeFileSync(
    join(clone, "package-lock.json"),
    JSON.stringify({ ...described, lockfileVersion: 3, packages }),
  );
}

function bootstrap(env: NodeJS.ProcessEnv = {}) {
  return spawnSync(process.execPath, [join(clone, "commands/bootstrap.mjs"), "setup"], {
    encoding: "utf8",
    env: { ...process.env, npm_lifecycle_event: "", ...env },
  });
}

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), "clone-"));
});

afterEach(() => {
  rmSync(clone, { recursive: true, force: true });
});

describe("bootstrap", () => {
  test("refuses a Node.js that is too old, in one line that says what to install", () => {
    checkout(">=99.1");
    const { status, stderr } = bootstrap();
    expect(status).toBe(1);
    expect(stderr).toBe(
      `Node.js ${process.versions.node} is too old: >=99.1 is needed. Install Node.js 20, 22 or 24.\n`,
    );
  });

  test("says what to check when npm reaches no registry", () => {
    checkout(">=20.9");
    const nowhere = {
      npm_config_registry: "http://127.0.0.1:9/",
      npm_config_fetch_retries: "0",
      npm_config_cache: join(clone, "cache"),
    };
    const { status, stderr } = bootstrap(nowhere);
    expect(status).toBe(1);
    expect(stderr.trim().split("\n").at(-1)).toMatch(
      /^The npm packages could not be installed; .* Check the network/,
    );
  });

  test("runs no script of a package that it installs", () => {
    checkout(">=20.9");
    const noisy = join(clone, "noisy");
    mkdirSync(noisy);
    const script = `node -e "require('fs').writeFileSync('ran', '')"`;
    writeFileSync(
      join(noisy, "package.json"),
      JSON.stringify({ name: "noisy", version: "1.0.0", scripts: { install: script } }),
    );
    const described = { name: "clone", version: "1.0.0", dependencies: { noisy: "file:noisy" } };
    const packages = {
      "": described,
      noisy: { version: "1.0.0", hasInstallScript: true },
      "node_modules/noisy": { resolved: "noisy", link: true },
    };
    writeFileSync(join(clone, "package.json"), JSON.stringify({ ...described, engines: { node: ">=20.9" } }));
    writeFileSync(
      join(clone, "package-lock.json"),
      JSON.stringify({ ...described, lockfileVersion: 3, requires: true, packages }),
    );
    bootstrap({ npm_config_cache: join(clone, "cache") });
    expect(existsSync(join(clone, "node_modules/noisy/package.json"))).toBe(true);
    expect(existsSync(join(noisy, "ran"))).toBe(false);
  });

  test("says that npm is missing", () => {
    checkout(">=20.9");
    const { status, stderr } = bootstrap({ PATH: join(clone, "nothing") });
    expect(status).toBe(1);
    expect(stderr).toContain("npm could not be run: spawnSync npm ENOENT. Install it beside Node.js");
  });
});
