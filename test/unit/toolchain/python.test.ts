import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { SetUpFailure } from "../../../toolchain/failure";
import { findPython, type Python } from "../../../toolchain/python";
import { pipFailure, preparePython, venvFailure } from "../../../toolchain/python-environment";
import { recordProgress } from "./recorded-progress";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "python-"));
  mkdirSync(join(folder, "bin"));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** An interpreter that prints its version, and runs `venv` when an environment is to be created. */
function fakePython(name: string, version: string, venv = "exit 1"): string {
  const path = join(folder, "bin", name);
  writeFileSync(path, `#!/bin/sh\nif [ "$1" = -c ]; then echo ${version}; else ${venv}; fi\n`);
  chmodSync(path, 0o755);
  return path;
}

const path = () => ({ PATH: `${join(folder, "bin")}` });

async function failureOf(found: Promise<unknown>): Promise<string> {
  const error: unknown = await found.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(SetUpFailure);
  expect((error as Error).message).not.toContain("\n");
  return (error as Error).message;
}

test("python3 is taken when it is new enough", async () => {
  const executable = fakePython("python3", "3.10");
  expect(await findPython(path())).toEqual({ executable, minorVersion: "3.10" });
});

test("a newer one beside an old python3 is found", async () => {
  fakePython("python3", "3.9");
  const executable = fakePython("python3.12", "3.12");
  expect(await findPython(path())).toEqual({ executable, minorVersion: "3.12" });
});

test("a version manager's stand-in for a version that is not installed is passed over", async () => {
  fakePython("python3", "3.9");
  fakePython("python3.13", "; exit 127");
  const executable = fakePython("python3.11", "3.11");
  expect((await findPython(path())).executable).toBe(executable);
});

test("PYTHON goes before the PATH, and nothing else is tried then", async () => {
  fakePython("python3", "3.12");
  const old = fakePython("old", "3.8");
  const message = await failureOf(findPython({ ...path(), PYTHON: old }));
  expect(message).toMatch(/No Python from 3\.10 to 3\.13 found by PYTHON .*old is 3\.8/);
});

test("one that is too new is passed over for an older one beside it, and named when there is no other", async () => {
  const tooNew = fakePython("python3", "3.14");
  expect(await failureOf(findPython(path()))).toContain(`${tooNew} is 3.14`);
  const executable = fakePython("python3.12", "3.12");
  expect(await findPython(path())).toEqual({ executable, minorVersion: "3.12" });
});

test("no Python: says so, and what to install", async () => {
  expect(await failureOf(findPython(path()))).toMatch(/^No Python from 3\.10 .* the PATH; .*Install one/);
});

test("an old Python: says which and which version", async () => {
  fakePython("python3", "3.9");
  expect(await failureOf(findPython(path()))).toMatch(/bin\/python3 is 3\.9\)/);
});

function prepare(python: Python): Promise<string> {
  return preparePython({
    python,
    locks: resolve(__dirname, "../../../jobs/python"),
    cache: join(folder, "cache"),
    env: { PATH: "/usr/bin:/bin" },
    progress: recordProgress(),
  });
}

test("a Python without its venv module: says what to install", async () => {
  const says =
    "echo 'The virtual environment was not created successfully because ensurepip is not available.'";
  const executable = fakePython("python3", "3.11", `${says}; exit 1`);
  expect(await failureOf(prepare({ executable, minorVersion: "3.11" }))).toMatch(
    /apt install python3\.11-venv/,
  );
});

test("an environment that was interrupted is not taken for a whole one", async () => {
  // Its pip fails, and a python stays behind, as when the set-up was killed half-way.
  const venv = 'mkdir -p "$3/bin"; ln -s "$(command -v false)" "$3/bin/python"';
  const executable = fakePython("python3", "3.11", venv);
  for (const run of ["first", "second"]) {
    const message = await failureOf(prepare({ executable, minorVersion: "3.11" }));
    expect([run, message]).toEqual([
      run,
      expect.stringMatching(/^The Python packages could not be installed/),
    ]);
  }
});

test.each([
  [
    "a network that is not there",
    "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError(...: [Errno 111] Connection refused')': /simple/agate/\nERROR: No matching distribution found for agate==1.9.1",
    /the package index cannot be reached\. Check the network/,
  ],
  [
    "a name that does not resolve",
    "urllib3.exceptions.NameResolutionError: Failed to resolve 'index'\nERROR: Could not install packages",
    /Check the network/,
  ],
  [
    "a full disk",
    "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
    /^The disk is full/,
  ],
  [
    "a package that is not the locked one",
    "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.\n    agate==1.9.1 from file (from -r requirements.txt (line 3)):\n        Expected sha256 aa\n             Got        bb",
    /agate==1\.9\.1 has another SHA-256/,
  ],
  ["anything else", "ERROR: Failed building wheel for pyspark", /"ERROR: Failed building wheel for pyspark"/],
])("pip that fails for %s is told in one line", (_, output, expected) => {
  const { message } = pipFailure(output, "/cache", "/cache/install.log");
  expect(message).toMatch(expected);
  expect(message).not.toContain("\n");
});

test("a venv that fails on a full disk is told so", () => {
  const python = { executable: "python3", minorVersion: "3.11" };
  expect(venvFailure("OSError: [Errno 28] No space left on device", python, "/log").message).toMatch(
    /^The disk is full/,
  );
});
